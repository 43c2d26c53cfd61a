package dev.fairlead.migrate.lint.prove;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.Migrations;
import dev.fairlead.migrate.catalogue.Snapshot;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.store.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Runs every migration up, down and up again on an empty database, and compares the schema each time.
///
/// Only the schema: rows, checks and assertions are left out, as an empty database holds none; programs, addresses and
/// work for people are left out, too. A way back that is broken does not touch the verdict of the next one: the database
/// is built anew.
public final class DownProof {
    private final Scratch scratch;
    private final List<Migration> inOrder;
    private final List<Migration> bare;

    private DownProof(Scratch scratch, List<Migration> inOrder) {
        this.scratch = scratch;
        this.inOrder = inOrder;
        this.bare = inOrder.stream().map(Bare::of).toList();
    }

    /// @param inOrder every migration of a database, each after those that it depends on
    /// @param server any database of a server, by its address; its user may make databases
    /// @param scratchName of the database that is made there and dropped at the end
    /// @param tell each verdict as soon as it stands
    /// @throws ProblemException when the server cannot be reached or refuses the scratch database
    public static List<Verdict> prove(
            List<Migration> inOrder, Database server, String scratchName, Consumer<Verdict> tell)
            throws InterruptedException {
        try (var scratch = new Scratch(server, scratchName)) {
            return new DownProof(scratch, inOrder).prove(tell);
        } catch (SQLException e) {
            throw new ProblemException(
                    List.of(
                            Problem.error(
                                            MigrateCode.DATABASE_REFUSED,
                                            "no scratch database %s at %s: %s"
                                                    .formatted(scratchName, server, e.getMessage()))
                                    .withHint(
                                            "the user needs CREATEDB, and no database may have that name")),
                    e);
        }
    }

    private List<Verdict> prove(Consumer<Verdict> tell) throws SQLException, InterruptedException {
        var verdicts = new ArrayList<Verdict>();
        var before = scratch.snapshot();
        boolean stopped = false;
        for (int i = 0; i < inOrder.size(); i++) {
            var migration = inOrder.get(i);
            var problems = stopped ? List.<Problem>of() : up(i);
            Verdict verdict;
            if (stopped || !problems.isEmpty()) {
                stopped = true;
                verdict = new Verdict.NotTried(migration, problems);
            } else {
                var after = scratch.snapshot();
                verdict = back(i, before, after);
                if (verdict.broken()) {
                    rebuild(i);
                }
                before = after;
            }
            verdicts.add(verdict);
            tell.accept(verdict);
        }
        return List.copyOf(verdicts);
    }

    private Verdict back(int index, Snapshot before, Snapshot after)
            throws SQLException, InterruptedException {
        var migration = inOrder.get(index);
        if (migration.down().isEmpty()) {
            return new Verdict.NoWayBack(migration);
        }
        var problems = upTo(index).down(new Goal.Steps(1)).problems();
        if (!problems.isEmpty()) {
            return new Verdict.Fails(migration, problems);
        }
        var undone = before.differencesTo(scratch.snapshot());
        if (!undone.isEmpty()) {
            return new Verdict.NotUndone(migration, undone);
        }
        problems = up(index);
        if (!problems.isEmpty()) {
            return new Verdict.Fails(migration, problems);
        }
        var again = after.differencesTo(scratch.snapshot());
        return again.isEmpty()
                ? new Verdict.Proved(migration, Bare.leavesOut(migration))
                : new Verdict.NotRepeatable(migration, again);
    }

    private void rebuild(int index) throws SQLException, InterruptedException {
        scratch.renew();
        var problems = up(index);
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
    }

    private Migrations upTo(int index) {
        return Migrations.of(scratch.database()).from(bare.subList(0, index + 1));
    }

    private List<Problem> up(int index) throws InterruptedException {
        return upTo(index).up().problems();
    }
}
