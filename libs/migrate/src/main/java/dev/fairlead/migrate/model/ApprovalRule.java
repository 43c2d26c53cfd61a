package dev.fairlead.migrate.model;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Severity;
import java.util.List;
import java.util.Optional;

/// Which migrations somebody must approve before they run, and who. Every condition that is given must hold; a rule without
/// one means all.
///
/// @param place where it was said
/// @param lint the least severity of a finding that makes it hold, which is known only once it is planned
/// @param by names of whom one must approve; empty: anybody
public record ApprovalRule(
        Place place,
        Optional<String> tag,
        Optional<String> owner,
        Optional<Meta.Stability> stability,
        Optional<Severity> lint,
        List<String> by) {
    public ApprovalRule {
        by = List.copyOf(by);
    }

    /// For a migration that asks for an approval itself.
    public static ApprovalRule always(Place place) {
        return new ApprovalRule(
                place,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    /// Whether it means a migration of this sort, as far as its file tells.
    public boolean means(Meta meta) {
        return tag.map(meta.tags()::contains).orElse(true)
                && owner.map(meta.owners()::contains).orElse(true)
                && (stability.isEmpty() || stability.equals(meta.stability()));
    }
}
