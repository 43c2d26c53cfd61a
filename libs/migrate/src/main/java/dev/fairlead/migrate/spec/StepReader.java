package dev.fairlead.migrate.spec;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.typed.Checker;
import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import dev.fairlead.migrate.model.Check;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.source.SourceFolder;
import dev.fairlead.migrate.sql.Classifier;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.SqlText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Reads one step of a plan.
final class StepReader {
    private static final Shape KINDS = Shape.words("schema", "data", "validation");

    private final Checker checker;
    private final Problems problems;
    private final Texts texts;
    private final ScriptReader scripts;

    StepReader(SourceFolder folder, Checker checker, Problems problems) {
        this.checker = checker;
        this.problems = problems;
        this.texts = new Texts(problems);
        this.scripts = new ScriptReader(folder, texts, problems);
    }

    /// Empty when something is wrong in it, which has then been reported.
    Optional<Step> read(Node node) {
        if (!(node instanceof Node.Mapping given)) {
            checker.check("step", node, SpecKeys.SCHEMA_STEP);
            return Optional.empty();
        }
        var struct = struct(given);
        if (struct.isEmpty()) {
            return Optional.empty();
        }
        var map = withoutOtherKinds(given, struct.get());
        checker.check("step", map, struct.get());
        checker.required("step", map, struct.get());
        var header = header(map);
        Optional<Step> step =
                switch (struct.get().name()) {
                    case "schemaStep" -> schema(map, header);
                    case "dataStep" -> data(map, header);
                    default -> validation(map, header);
                };
        step.ifPresent(read -> refuseUnsafeRetries(read, map));
        return step;
    }

    /// The keys of the step's kind; empty when the kind is missing or none.
    private Optional<Shape.Struct> struct(Node.Mapping map) {
        var kind = map.find("kind");
        if (kind == null) {
            problems.add(
                    Problem.error(
                                    SpecCode.SPEC_WRONG_KIND,
                                    map.place(),
                                    "step needs the key \"kind\": " + KINDS.says())
                            .withHint(guess(map)));
            return Optional.empty();
        }
        checker.check("kind", kind, KINDS);
        return kind instanceof Node.Scalar scalar
                ? SpecKeys.STEPS.stream()
                        .filter(struct -> struct.name().equals(scalar.text() + "Step"))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<String> guess(Node.Mapping map) {
        return SpecKeys.STEPS.stream()
                .filter(struct -> map.find(own(struct)) != null)
                .map(struct -> "with \"" + own(struct) + "\" it is of kind: " + kind(struct))
                .findFirst();
    }

    private static String kind(Shape.Struct struct) {
        return struct.name().replace("Step", "");
    }

    /// The key that says what a step of the kind does.
    private static String own(Shape.Struct struct) {
        return List.copyOf(struct.keys().keySet()).get(1);
    }

    private Node.Mapping withoutOtherKinds(Node.Mapping map, Shape.Struct struct) {
        var others = new TreeSet<String>();
        SpecKeys.STEPS.forEach(other -> others.addAll(other.keys().keySet()));
        others.removeAll(struct.keys().keySet());
        others.removeIf(key -> map.find(key) == null);
        for (var key : others) {
            problems.add(
                    Problem.error(
                                    SpecCode.SPEC_WRONG_KIND,
                                    map.keyPlace(key),
                                    "a step of kind \""
                                            + kind(struct)
                                            + "\" has no key \""
                                            + key
                                            + "\"")
                            .withHint(
                                    "a "
                                            + kind(struct)
                                            + " step says what it does in \""
                                            + own(struct)
                                            + "\""));
        }
        return map.without(others.toArray(String[]::new));
    }

    private Step.Header header(Node.Mapping map) {
        return new Step.Header(
                map.place(),
                SpecKeys.DESCRIPTION.scalar(map).map(Node.Scalar::text),
                wholeIn(SpecKeys.TIMEOUT, map).map(Duration::ofMillis),
                wholeIn(SpecKeys.RETRIES, map).map(Math::toIntExact).orElse(0),
                SpecKeys.IDEMPOTENT.flag(map),
                checks(SpecKeys.PRE_CHECKS, map),
                checks(SpecKeys.POST_CHECKS, map));
    }

    /// The number, when it is there and within the key's bounds.
    private static Optional<Long> wholeIn(Key key, Node.Mapping map) {
        return key.scalar(map).map(Node.Scalar::value).orElse(null) instanceof Long number
                        && key.shape() instanceof Shape.Whole(var least, var most)
                        && number >= least
                        && number <= most
                ? Optional.of(number)
                : Optional.empty();
    }

    private List<Check> checks(Key key, Node.Mapping map) {
        var checks = new ArrayList<Check>();
        for (var item : key.items(map)) {
            if (item instanceof Node.Mapping check) {
                var description = SpecKeys.EXPRESSION_DESCRIPTION.scalar(check);
                SpecKeys.EXPRESSION
                        .scalar(check)
                        .flatMap(scalar -> texts.single(scalar, "the expression"))
                        .ifPresent(sql ->
                                checks.add(
                                        new Check(
                                                description.map(Node.Scalar::text).orElse(""),
                                                sql)));
            }
        }
        return checks;
    }

    private Optional<Step> schema(Node.Mapping map, Step.Header header) {
        boolean transactional = SpecKeys.TRANSACTIONAL.flag(map);
        return SpecKeys.SQL
                .scalar(map)
                .flatMap(scalar -> {
                    var sql = texts.statements(scalar, "sql");
                    sql.ifPresent(read -> refuseOutsideTransaction(read, transactional));
                    return sql;
                })
                .map(sql -> new Step.Schema(header, sql, transactional));
    }

    private Optional<Step> data(Node.Mapping map, Step.Header header) {
        boolean transactional = SpecKeys.TRANSACTIONAL.flag(map);
        var node = SpecKeys.SCRIPT.node(map).orElse(null);
        if (node instanceof Node.Mapping forms) {
            checker.exclusive("script", forms, SpecKeys.SCRIPT_STRUCT);
        }
        var script = node == null ? Optional.<Script>empty() : scripts.read(node, transactional);
        script.ifPresent(read -> {
            switch (read) {
                case Script.Inline(var sql, _) -> refuseOutsideTransaction(sql, transactional);
                case Script.File(_, var sql, _) -> refuseOutsideTransaction(sql, transactional);
                case Script.Exec _, Script.Backfill _, Script.Instructions _ ->
                        refuseTransactional(map);
                case Script.Url _ -> {
                    // what comes is judged when it comes
                }
            }
        });
        return script.map(read -> new Step.Data(header, read));
    }

    private Optional<Step> validation(Node.Mapping map, Step.Header header) {
        return SpecKeys.ASSERTION
                .scalar(map)
                .flatMap(scalar -> texts.single(scalar, "the assertion"))
                .map(sql -> new Step.Validation(header, sql));
    }

    private void refuseOutsideTransaction(SqlText sql, boolean transactional) {
        if (!transactional) {
            return;
        }
        for (var statement : sql.statements()) {
            var facts = Classifier.classify(statement);
            boolean controls = facts.inTransaction() == Facts.InTransaction.CONTROLS;
            if (controls || facts.inTransaction() == Facts.InTransaction.REFUSED) {
                problems.add(
                        Problem.error(
                                        SpecCode.SPEC_NEEDS_TRANSACTIONAL_FALSE,
                                        statement.place(),
                                        facts.command()
                                                + " cannot run in the transaction of its step")
                                .withHint(
                                        controls
                                                ? "remove it: the step is a transaction; or say transactional: false"
                                                : "say transactional: false in the step"));
            }
        }
    }

    private void refuseTransactional(Node.Mapping map) {
        if (map.find("transactional") != null && SpecKeys.TRANSACTIONAL.flag(map)) {
            problems.add(
                    Problem.error(
                            SpecCode.SPEC_TRANSACTIONAL,
                            map.keyPlace("transactional"),
                            "this script does not run in one transaction"));
        }
    }

    private void refuseUnsafeRetries(Step step, Node.Mapping map) {
        if (step.header().retries() == 0) {
            return;
        }
        var place = map.keyPlace("retries");
        if (step instanceof Step.Data(_, Script.Instructions _)) {
            problems.add(
                    Problem.error(
                            SpecCode.SPEC_RETRIES, place, "a person's work is not tried again"));
        } else if (!step.header().idempotent() && !isUndone(step)) {
            problems.add(
                    Problem.error(
                            SpecCode.SPEC_RETRIES,
                            place,
                            "retries, but the step is not rolled back when it fails and does not say idempotent: true"));
        }
    }

    /// Whether nothing of a failed attempt stays, or the next one goes on from where it ended.
    private static boolean isUndone(Step step) {
        return switch (step) {
            case Step.Schema schema -> schema.transactional();
            case Step.Validation _ -> true;
            case Step.Data(_, var script) ->
                    switch (script) {
                        case Script.Inline inline -> inline.transactional();
                        case Script.File file -> file.transactional();
                        case Script.Url url -> url.transactional();
                        case Script.Backfill _ -> true;
                        case Script.Exec _, Script.Instructions _ -> false;
                    };
        };
    }
}
