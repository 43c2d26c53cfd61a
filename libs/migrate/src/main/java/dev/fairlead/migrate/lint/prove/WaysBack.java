package dev.fairlead.migrate.lint.prove;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Severity;
import dev.fairlead.migrate.lint.Finding;
import dev.fairlead.migrate.model.Migration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a proof found, in the form of a rule's findings.
public final class WaysBack {
    /// The name of the rule that only a proof can hold.
    public static final String RULE = "broken-down";

    private static final int MOST_SHOWN = 5;

    private WaysBack() {}

    /// An error for a way back that is broken, a warning where nothing could be said; empty when all is well. That there is
    /// no way back is found without a proof (missing-down-and-fallback).
    public static Optional<Finding> finding(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Proved _, Verdict.NoWayBack _ -> Optional.empty();
            case Verdict.NotUndone(var migration, var differences) ->
                    Optional.of(
                            error(
                                    migration,
                                    "down leaves another schema than there was before up: "
                                            + shown(differences),
                                    "let down undo exactly what up does; + is left over, - is missing"));
            case Verdict.NotRepeatable(var migration, var differences) ->
                    Optional.of(
                            error(
                                    migration,
                                    "up does not give the same schema again after down: "
                                            + shown(differences),
                                    "let up do the same each time"));
            case Verdict.Fails(var migration, var problems) ->
                    Optional.of(
                            error(
                                    migration,
                                    "the way back fails: " + what(problems),
                                    "run it on a copy: fairlead migrate down --steps 1"));
            case Verdict.NotTried(var migration, var problems) ->
                    Optional.of(
                            finding(
                                    migration,
                                    Severity.WARNING,
                                    problems.isEmpty()
                                            ? "nothing can be said of its way back: one before it does not run on an empty database"
                                            : "nothing can be said of its way back: up fails on an empty database: "
                                                    + what(problems),
                                    "let every migration run on an empty database; then prove again"));
        };
    }

    private static Finding error(Migration migration, String what, String hint) {
        return finding(migration, Severity.ERROR, what, hint);
    }

    private static Finding finding(
            Migration migration, Severity severity, String what, String hint) {
        var place =
                migration.down().isEmpty()
                        ? migration.place()
                        : migration.down().getFirst().header().place();
        return new Finding(RULE, severity, migration.key(), 0, place, what, hint);
    }

    private static String shown(List<?> differences) {
        var first =
                differences.stream()
                        .limit(MOST_SHOWN)
                        .map(Object::toString)
                        .collect(Collectors.joining("; "));
        int more = differences.size() - MOST_SHOWN;
        return more > 0 ? first + "; and " + more + " more" : first;
    }

    private static String what(List<Problem> problems) {
        return problems.stream().map(Problem::what).collect(Collectors.joining("; "));
    }
}
