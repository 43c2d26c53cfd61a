package dev.fairlead.engine.schema;

import dev.fairlead.deploy.kind.Subject;
import dev.fairlead.deploy.render.Desired;
import dev.fairlead.deploy.target.Drift;
import dev.fairlead.deploy.target.Target.Reach;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Digest;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.migrate.Migrations;
import dev.fairlead.migrate.history.Applied;
import dev.fairlead.migrate.history.History;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Whether a database still has the schema that its migrations left: their history, and every object of the catalogue.
final class SchemaDrift {
    private static final String CATALOGUE = "catalogue";
    private static final int DIGEST = 12;

    private final UnitName unit;
    private final Map<String, Object> content;
    private final List<Drift> drifts = new ArrayList<>();

    private SchemaDrift(UnitName unit, Map<String, Object> content) {
        this.unit = unit;
        this.content = content;
    }

    /// What {@link #of} compares with later: a digest per object. Empty when it cannot be read, which is no reason to call
    /// a migration failed.
    static Map<String, Object> seen(String url) {
        try {
            return Map.of(CATALOGUE, digests(url));
        } catch (ProblemException e) {
            return Map.of();
        }
    }

    private static SortedMap<String, String> digests(String url) {
        var digests = new TreeMap<String, String>();
        Migrations.of(url)
                .catalogue()
                .objects()
                .forEach((name, properties) ->
                        digests.put(name, Digest.ofTree(properties).substring(0, DIGEST)));
        return digests;
    }

    /// @param content what was applied of the unit, with what it saw at its end
    static List<Drift> of(Subject subject, Map<String, Object> content) {
        var drift = new SchemaDrift(subject.unit().name(), content);
        try (var line = Line.to(subject)) {
            if (line.reach() instanceof Reach.Open) {
                drift.history(Migrations.of(line.url()).history());
                drift.catalogue(digests(line.url()));
            }
        } catch (ProblemException e) {
            var why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            drift.add(
                    "database",
                    Optional.empty(),
                    Optional.empty(),
                    "its schema cannot be read: " + why);
        }
        return drift.drifts;
    }

    private void history(History history) {
        var requirement = Requirement.of(content);
        var applied = history.applied();
        requirement
                .migrations()
                .keySet()
                .forEach(id -> {
                    if (!applied.containsKey(id)) {
                        add(
                                "migrations." + id,
                                Optional.of("applied"),
                                Optional.empty(),
                                id + " was undone since, or its row of the history is gone");
                    }
                });
        requirement.beyond(history).forEach(this::beyond);
    }

    private void beyond(Applied one) {
        var when = one.since().map(since -> " at " + since).orElse("");
        add(
                "migrations." + one.id(),
                Optional.empty(),
                Optional.of("applied"),
                "%s ran since, not by this deploy%s, by %s".formatted(one.id(), when, one.who()));
    }

    private void catalogue(SortedMap<String, String> now) {
        if (!(content.get(Desired.SEEN) instanceof Map<?, ?> seen
                && seen.get(CATALOGUE) instanceof Map<?, ?> before)) {
            return;
        }
        var names = new TreeSet<>(now.keySet());
        before.keySet().forEach(name -> names.add(String.valueOf(name)));
        String whole = "";
        for (var name : names) {
            if (!whole.isEmpty() && name.startsWith(whole)) {
                continue; // a part of what is said already
            }
            var was = Optional.ofNullable(before.get(name)).map(Object::toString);
            var is = Optional.ofNullable(now.get(name));
            if (!was.equals(is)) {
                boolean changed = was.isPresent() && is.isPresent();
                whole = changed ? "" : name + " ";
                add(
                        "schema." + name,
                        was.map(_ -> "there"),
                        is.map(_ -> changed ? "changed" : "there"),
                        name
                                + (changed
                                        ? " is another one than after the last migration"
                                        : was.isPresent()
                                                ? " was there after the last migration, and is gone"
                                                : " was not there after the last migration"));
            }
        }
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private void add(String path, Optional<String> applied, Optional<String> live, String what) {
        drifts.add(new Drift(unit, path, applied, live, what));
    }
}
