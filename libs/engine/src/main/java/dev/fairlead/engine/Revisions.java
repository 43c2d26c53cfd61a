package dev.fairlead.engine;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.execute.Means;
import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.journal.Store;
import dev.fairlead.deploy.render.Revision;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import java.util.Set;
import java.util.stream.Collectors;

/// The kept revisions of an environment.
record Revisions(Store store, Means means) {
    /// What only takes down leaves the desired state as it is, however it ends.
    private static final Set<String> TAKING_DOWN = Set.of("down", "prune", "sleep");

    /// @throws ProblemException when it is not kept
    Revision require(long number) {
        var kept = store.revisions();
        if (!kept.contains(number)) {
            throw none(
                    "revision " + number + " is not kept here",
                    kept.isEmpty()
                            ? "no revision is kept: nothing was applied to its end yet"
                            : "kept are: "
                                    + kept.stream()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(", ")));
        }
        return Revision.read(store.requireRevision(number));
    }

    /// The newest one when the last execution did not reach its end, else the one before it; going back twice goes on
    /// backwards, not to and fro.
    long lastGood() {
        var record = new Journal(store, means.clock(), means.ticker()).read();
        long newest = record.map(EnvironmentRecord::revision).orElse(0L);
        var kept = store.revisions();
        if (newest == 0 || !kept.contains(newest)) {
            throw none(
                    "there is no revision to go back to",
                    "nothing was applied to its end yet: mend what failed and run `fairlead up`");
        }
        boolean failed =
                record.flatMap(EnvironmentRecord::execution)
                        .filter(last -> !TAKING_DOWN.contains(last.command()))
                        .filter(last -> !last.outcome().orElse("killed").equals("ready"))
                        .isPresent();
        if (failed) {
            return newest;
        }
        long origin = require(newest).origin();
        return kept.stream()
                .filter(number -> number < origin)
                .reduce((_, later) -> later)
                .orElseThrow(() ->
                        none(
                                "there is no revision before " + origin,
                                "`fairlead history` shows the revisions"));
    }

    private static ProblemException none(String what, String hint) {
        return Problem.error(DeployCode.NO_SUCH_REVISION, what).withHint(hint).thrown();
    }
}
