package dev.fairlead.migrate.model;

import dev.fairlead.diagnostic.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A migration, read from a goose file or a MigrationSpec or built by code.
///
/// @param place where it was read
/// @param up never empty, but for a goose file that has no statements
/// @param down empty when there is no way back; a goose file's missing Down is empty too
/// @param fallback what a person does instead of `down`
/// @param number of a goose file; such files never run out of their numbers' order
/// @param rules that say who must approve it, those that mean it
/// @param background whether nobody waits for its end
public record Migration(
        MigrationKey key,
        Version version,
        Meta meta,
        Place place,
        List<Step> up,
        List<Step> down,
        Optional<String> fallback,
        List<Dependency> dependencies,
        OptionalLong number,
        List<ApprovalRule> rules,
        boolean background) {
    public Migration {
        up = List.copyOf(up);
        down = List.copyOf(down);
        dependencies = List.copyOf(dependencies);
        rules = List.copyOf(rules);
    }

    /// Whether somebody must approve it, whatever lint finds in it.
    public boolean approval() {
        return rules.stream().anyMatch(rule -> rule.lint().isEmpty());
    }

    /// The same under those of more rules that mean it.
    public Migration under(List<ApprovalRule> more) {
        var all = new ArrayList<>(rules);
        more.stream().filter(rule -> rule.means(meta)).forEach(all::add);
        return new Migration(
                key,
                version,
                meta,
                place,
                up,
                down,
                fallback,
                dependencies,
                number,
                all,
                background);
    }

    /// `key@1.2.0`.
    public String id() {
        return key + "@" + version;
    }
}
