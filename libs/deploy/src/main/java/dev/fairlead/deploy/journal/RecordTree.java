package dev.fairlead.deploy.journal;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.graph.GraphTree;
import dev.fairlead.deploy.journal.EnvironmentRecord.Entry;
import dev.fairlead.deploy.journal.EnvironmentRecord.Execution;
import dev.fairlead.deploy.journal.EnvironmentRecord.Lease;
import dev.fairlead.deploy.journal.EnvironmentRecord.Result;
import dev.fairlead.deploy.target.CauseTree;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The record as the plain tree that a {@link Store} keeps.
final class RecordTree {
    private static final int VERSION = 1;

    private RecordTree() {}

    static Map<String, Object> of(EnvironmentRecord record) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", VERSION);
        tree.put("project", record.ref().project());
        tree.put("environment", record.ref().name());
        tree.put("slot", record.ref().slot());
        tree.put("target", record.target().toString());
        tree.put("token", record.token());
        tree.put("revision", record.revision());
        record.lease().ifPresent(lease -> tree.put("lease", of(lease)));
        record.supersede().ifPresent(by -> tree.put("supersede", by));
        record.execution().ifPresent(execution -> tree.put("execution", of(execution)));
        tree.put("graph", GraphTree.of(record.graph()));
        var units = new TreeMap<String, Object>();
        record.units().forEach((name, entry) -> units.put(name.value(), of(entry)));
        tree.put("units", units);
        return tree;
    }

    private static Map<String, Object> of(Lease lease) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("identity", lease.holder().identity());
        tree.put("description", lease.holder().description());
        tree.put("execution", lease.execution());
        if (lease.beat() > 0) {
            tree.put("beat", lease.beat());
        }
        return tree;
    }

    private static Map<String, Object> of(Execution execution) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("id", execution.id());
        tree.put("command", execution.command());
        tree.put("planHash", execution.planHash());
        tree.put("inputHash", execution.inputHash());
        tree.put("started", execution.started().toString());
        execution.finished().ifPresent(at -> tree.put("finished", at.toString()));
        execution.outcome().ifPresent(word -> tree.put("outcome", word));
        return tree;
    }

    private static Map<String, Object> of(Entry entry) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("result", entry.result().toString());
        tree.put("at", entry.at().toString());
        entry.cause().ifPresent(cause -> tree.put("cause", CauseTree.of(cause)));
        return tree;
    }

    /// @throws dev.fairlead.diagnostic.ProblemException when it is not a record of this version
    static EnvironmentRecord read(Map<String, Object> tree) {
        if (!(tree.get("version") instanceof Number version) || version.intValue() != VERSION) {
            throw unreadable("its version is " + tree.get("version") + ", not " + VERSION);
        }
        try {
            return new EnvironmentRecord(
                    new EnvironmentRef(
                            text(tree, "project"),
                            text(tree, "environment"),
                            Math.toIntExact(number(tree, "slot"))),
                    TargetKind.valueOf(text(tree, "target").toUpperCase(Locale.ROOT)),
                    number(tree, "token"),
                    child(tree, "lease").map(RecordTree::lease),
                    Optional.ofNullable(tree.get("supersede")).map(Object::toString),
                    child(tree, "execution").map(RecordTree::execution),
                    GraphTree.read(Objects.requireNonNull(tree.get("graph"), "graph")),
                    entries(child(tree, "units").orElse(Map.of())),
                    number(tree, "revision"));
        } catch (IllegalArgumentException | DateTimeException | NullPointerException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
    }

    private static RuntimeException unreadable(String why) {
        return Problem.error(
                        DeployCode.RECORD_UNREADABLE,
                        "the environment's record is unreadable: " + why)
                .withHint(DeployCode.RECORD_UNREADABLE.remedy())
                .thrown();
    }

    private static Lease lease(Map<?, ?> tree) {
        return new Lease(
                new Store.Holder(text(tree, "identity"), text(tree, "description")),
                text(tree, "execution"),
                tree.containsKey("beat") ? number(tree, "beat") : 0);
    }

    private static Execution execution(Map<?, ?> tree) {
        return new Execution(
                text(tree, "id"),
                text(tree, "command"),
                text(tree, "planHash"),
                text(tree, "inputHash"),
                Instant.parse(text(tree, "started")),
                Optional.ofNullable(tree.get("finished")).map(at -> Instant.parse(at.toString())),
                Optional.ofNullable(tree.get("outcome")).map(Object::toString));
    }

    private static SortedMap<UnitName, Entry> entries(Map<?, ?> tree) {
        var entries = new TreeMap<UnitName, Entry>();
        tree.forEach((name, value) -> {
            var unit = (Map<?, ?>) Objects.requireNonNull(value);
            entries.put(
                    new UnitName(String.valueOf(name)),
                    new Entry(
                            Result.valueOf(
                                    text(unit, "result")
                                            .toUpperCase(Locale.ROOT)
                                            .replace('-', '_')),
                            child(unit, "cause").map(CauseTree::read),
                            Instant.parse(text(unit, "at"))));
        });
        return entries;
    }

    private static Optional<Map<?, ?>> child(Map<?, ?> tree, String key) {
        return tree.get(key) instanceof Map<?, ?> child ? Optional.of(child) : Optional.empty();
    }

    private static String text(Map<?, ?> tree, String key) {
        return require(tree.get(key), key).toString();
    }

    private static long number(Map<?, ?> tree, String key) {
        if (tree.get(key) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(key + " is not a number");
    }

    private static Object require(@Nullable Object value, String key) {
        return Objects.requireNonNull(value, () -> key + " is missing");
    }
}
