package dev.fairlead.engine.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.history.Entry;
import dev.fairlead.migrate.history.Entry.Direction;
import dev.fairlead.migrate.history.Entry.Outcome;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Version;
import dev.fairlead.testkit.Covers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Whether a database can serve a revision, by its history alone.
class RequirementTest {
    private static final Requirement ONE_AND_TWO =
            Requirement.of(
                    Map.of(
                            "migrations",
                            Map.of("app.sql.1@1.0.0", "aaaa", "app.sql.2@1.0.0", "bbbb")));

    private final List<Entry> entries = new ArrayList<>();

    @Test
    @Covers("MIG-05")
    void exactlyItsMigrationsServeItAndMoreDoUnlessTheyTookSomethingAway() {
        ran(1, "aaaa1111", false);
        ran(2, "bbbb2222", false);
        assertThat(against()).isEmpty();
        ran(3, "cccc3333", false);
        assertThat(against()).isEmpty();
        ran(4, "dddd4444", true);
        assertThat(against()).containsExactly("app.sql.4@1.0.0 has taken something away since");
    }

    @Test
    void whatTookSomethingAwayBeforeItsLastMigrationIsItsOwnPast() {
        ran(9, "dddd4444", true);
        ran(1, "aaaa1111", false);
        ran(2, "bbbb2222", false);
        assertThat(against()).isEmpty();
    }

    @Test
    void oneThatHasNotRunOrRanWithAnotherTextIsNamed() {
        ran(1, "ffff1111", false);
        assertThat(against())
                .containsExactly(
                        "step 1 of app.sql.1@1.0.0 has run with another text",
                        "app.sql.2@1.0.0 has not run, or was undone");
    }

    private List<String> against() {
        return ONE_AND_TWO.against(
                new History(
                        "db", "app", entries, List.of(), List.of(), List.of(), new TreeMap<>()));
    }

    private void ran(int number, String checksum, boolean contract) {
        entries.add(
                new Entry(
                        entries.size() + 1L,
                        new MigrationKey("app.sql." + number),
                        Version.parse("1.0.0").orElseThrow(),
                        Direction.UP,
                        0,
                        1,
                        checksum,
                        "plan",
                        "ada",
                        1,
                        Instant.EPOCH,
                        Optional.of(Instant.EPOCH),
                        Outcome.DONE,
                        0,
                        contract,
                        "{}"));
    }
}
