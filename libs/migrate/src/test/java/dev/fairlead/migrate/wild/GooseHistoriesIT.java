package dev.fairlead.migrate.wild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.MigrateOutcome;
import dev.fairlead.migrate.Migrations;
import dev.fairlead.migrate.lint.prove.DownProof;
import dev.fairlead.migrate.lint.prove.Verdict;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.migrate.store.Database;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whole histories, by goose into one database and by Fairlead into another, on the server that the system packages.
class GooseHistoriesIT {
    private static final int WAYS_BACK = 500; // of each history, or all that it has

    private static final Map<String, String> DUMPS = new HashMap<>();

    @TempDir private static Path folder;
    private static List<History> histories = List.of();
    private static @org.jspecify.annotations.Nullable GooseProgram built;

    @BeforeAll
    static void fetch() throws IOException, InterruptedException {
        built = GooseProgram.built();
        histories = Histories.all(folder);
    }

    static List<History> histories() {
        return histories;
    }

    private static GooseProgram goose() {
        return java.util.Objects.requireNonNull(built);
    }

    private static Db fresh() {
        return PostgresServer.shared(Release.SYSTEM).fresh();
    }

    private static MigrateOutcome up(Db db, List<Migration> migrations)
            throws InterruptedException {
        return Migrations.of(db.url()).from(migrations).up();
    }

    /// The schema that goose leaves after the whole of a history.
    private static String byGoose(History history) throws IOException, InterruptedException {
        var known = DUMPS.get(history.name());
        if (known != null) {
            return known;
        }
        var db = fresh();
        var ran = goose().run(db, history, "up");
        assertThat(ran.succeeded()).as(ran.output()).isTrue();
        assertThat(goose().version(db, history)).isEqualTo(history.numbers().getLast());
        var dump = db.dump();
        DUMPS.put(history.name(), dump);
        return dump;
    }

    @ParameterizedTest
    @MethodSource("histories")
    @Covers("MIG-03")
    void upGivesTheSchemaThatGooseGives(History history) throws Exception {
        var migrations = history.migrations();
        var ours = fresh();
        var outcome = up(ours, migrations);
        assertThat(outcome.problems()).isEmpty();
        assertThat(ours.dump()).isEqualTo(byGoose(history));
        assertThat(ours.invalidIndexes()).isEmpty();
        System.err.printf(
                "%s: %d files, the same schema as goose's%n", history.name(), migrations.size());
    }

    @ParameterizedTest
    @MethodSource("histories")
    @Covers("MIG-03")
    void whatGooseLeftHalfWayIsTakenOverAndFinished(History history) throws Exception {
        var migrations = history.migrations();
        var numbers = history.numbers();
        var half = numbers.get(numbers.size() / 2);
        var db = fresh();
        var ran = goose().run(db, history, "up-to", String.valueOf(half));
        assertThat(ran.succeeded()).as(ran.output()).isTrue();
        var versions = db.rows("SELECT version_id, is_applied FROM goose_db_version ORDER BY id");
        var outcome = up(db, migrations);
        assertThat(outcome.problems()).isEmpty();
        assertThat(((MigrateOutcome.Done) outcome).applied())
                .as("what goose ran is recorded, the rest ran")
                .filteredOn(MigrateOutcome.AppliedStep::recorded)
                .hasSize(numbers.size() / 2 + 1);
        assertThat(db.dump()).isEqualTo(byGoose(history));
        assertThat(db.rows("SELECT version_id, is_applied FROM goose_db_version ORDER BY id"))
                .as("goose's own table is only read")
                .isEqualTo(versions);
        assertThat(Migrations.of(db.url()).from(migrations).ready().satisfied()).isTrue();
    }

    /// Each way back alone, from where goose stood before its file.
    @ParameterizedTest
    @MethodSource("histories")
    @Covers("SPEC-07")
    void exactlyTheWaysBackThatAreBrokenWithGooseAreReported(History history) throws Exception {
        var migrations = history.migrations();
        int count = Math.min(migrations.size(), Scale.of(WAYS_BACK));
        var some = migrations.subList(0, count);
        var byGoose = new GooseWaysBack(goose(), history).first(count);
        var server = fresh();
        var verdicts =
                DownProof.prove(some, Database.of(server.url()), "proof_" + server.name(), _ -> {});
        var ours = verdicts.stream().map(GooseHistoriesIT::word).toList();
        var lines = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            var file = some.get(i).place().file();
            lines.add(ours.get(i) + " " + file.substring(file.lastIndexOf('/') + 1));
        }
        assertThat(lines).isEqualTo(byGoose);
        System.err.printf(
                "%s: %d of %d ways back, %s%n",
                history.name(),
                count,
                migrations.size(),
                ours.stream()
                        .collect(
                                Collectors.groupingBy(
                                        it -> it, TreeMap::new, Collectors.counting())));
    }

    private static String word(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Proved _ -> "undone";
            case Verdict.NotUndone _ -> "differs";
            case Verdict.NotRepeatable _ -> "up differs";
            case Verdict.Fails _ -> "fails";
            case Verdict.NoWayBack _ -> "none";
            case Verdict.NotTried(_, var problems) -> "not tried: " + problems;
        };
    }
}
