package dev.fairlead.inventory.model;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.read.StackText.Declared;
import dev.fairlead.inventory.read.StackText.Listed;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Who owns which schema: one migrations unit per database, a service of the stack as its owner, its source inside the
/// owner's folder.
final class Ownership {
    private final Map<String, Declared> declared;
    private final Problems problems;
    private final Map<String, Place> databases = new HashMap<>();

    Ownership(Map<String, Declared> declared, Problems problems) {
        this.declared = declared;
        this.problems = problems;
    }

    void check() {
        for (var unit : declared.values()) {
            switch (unit.listed()) {
                case MIGRATIONS -> migrations(unit.node());
                case SERVICES -> {
                    for (var name : required(unit.node())) {
                        expect(name, Listed.MIGRATIONS, "a migrations unit");
                    }
                }
                case INFRASTRUCTURE, AGENTS -> {
                    // own no schema
                }
            }
        }
    }

    private static List<Node.Scalar> required(Node.Mapping node) {
        return UnitKeys.REQUIRES_SCHEMA
                .scalar(node)
                .map(List::of)
                .orElseGet(() -> UnitKeys.REQUIRES_SCHEMA.scalars(node));
    }

    private void migrations(Node.Mapping node) {
        UnitKeys.OWNER
                .scalar(node)
                .ifPresent(owner -> {
                    expect(owner, Listed.SERVICES, "a service of the stack");
                    source(node, owner.printed());
                });
        UnitKeys.DATABASE.map(node).ifPresent(this::database);
    }

    private void database(Node.Mapping database) {
        var unit = UnitKeys.DATABASE_UNIT.scalar(database);
        var name = UnitKeys.DATABASE_NAME.text(database);
        if (unit.isEmpty() || name.isEmpty()) {
            return;
        }
        expect(unit.get(), Listed.INFRASTRUCTURE, "a unit of the infrastructure");
        var first =
                databases.putIfAbsent(unit.get().printed() + "/" + name.get(), database.place());
        if (first != null) {
            report(
                    database.place(),
                    "the database \"%s\" of \"%s\" has a second migrations unit"
                            .formatted(name.get(), unit.get().printed()),
                    "the first is at " + first);
        }
    }

    /// Only a source that is written down can lie elsewhere.
    private void source(Node.Mapping node, String owner) {
        var source = UnitKeys.SOURCE.scalar(node);
        var service = declared.get(owner);
        if (source.isEmpty() || service == null) {
            return;
        }
        var folder = UnitKeys.PATH.text(service.node());
        var parts = Path.of(source.get().printed()).normalize();
        boolean inside =
                folder.map(path -> parts.startsWith(Path.of(path).normalize()))
                        .orElseGet(() ->
                                parts.getNameCount() > 2
                                        && parts.startsWith("services")
                                        && parts.getName(2).toString().equals(owner));
        if (!inside) {
            report(
                    source.get().place(),
                    "the source \"%s\" does not lie inside the folder of its owner \"%s\""
                            .formatted(source.get().printed(), owner),
                    "put it into " + folder.orElse("services/<zone>/" + owner));
        }
    }

    private void expect(Node.Scalar name, Listed listed, String what) {
        var found = declared.get(name.printed());
        if (found == null || found.listed() != listed) {
            var known =
                    declared.values().stream()
                            .filter(one -> one.listed() == listed)
                            .map(Declared::name)
                            .toList();
            problems.add(
                    Problem.error(
                                    InventoryCode.OWNERSHIP,
                                    name.place(),
                                    "\"" + name.printed() + "\" is not " + what)
                            .withHint(Nearest.hint(name.printed(), known)));
        }
    }

    private void report(Place place, String what, String hint) {
        problems.add(Problem.error(InventoryCode.OWNERSHIP, place, what).withHint(hint));
    }
}
