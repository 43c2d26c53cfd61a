package dev.fairlead.cli.migrate;

import dev.fairlead.cli.CliCode;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.plan.Goal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How far a run goes.
final class GoalFlags {
    @Option(
            names = "--to",
            paramLabel = "KEY",
            description =
                    "As far as this migration: a key, key@version, or the number of a goose file; 0 undoes all.")
    @Nullable String to;

    @Option(names = "--steps", paramLabel = "N", description = "So many migrations.")
    @Nullable Integer steps;

    boolean given() {
        return to != null || steps != null;
    }

    Goal goal() {
        var last = to;
        var count = steps;
        if (last != null && count != null) {
            throw Problem.error(CliCode.USAGE, "--to and --steps say two things").thrown();
        }
        if (count != null && count < 1) {
            throw Problem.error(CliCode.USAGE, "--steps " + count + ": at least one").thrown();
        }
        return last != null ? new Goal.To(last) : count != null ? new Goal.Steps(count) : Goal.ALL;
    }
}
