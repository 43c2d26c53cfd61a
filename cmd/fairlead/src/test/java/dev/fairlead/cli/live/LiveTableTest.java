package dev.fairlead.cli.live;

import static dev.fairlead.cli.live.Samples.GUESTBOOK;
import static dev.fairlead.cli.live.Samples.START;
import static dev.fairlead.cli.live.Samples.event;
import static dev.fairlead.cli.live.Samples.finished;
import static dev.fairlead.cli.live.Samples.step;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Console.Size;
import dev.fairlead.cli.console.Paint;
import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.testkit.VirtualScreen;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveTableTest {
    private final SteppedClock clock = new SteppedClock();
    private final VirtualScreen screen = new VirtualScreen(80);
    private final LiveTable table =
            new LiveTable(screen.stream(), new Paint(false), () -> new Size(80, 24), clock, false);

    @Test
    void saysOfEveryUnitWhatItWaitsFor() {
        table.planned(GUESTBOOK);
        assertThat(screen.text())
                .isEqualTo(
                        """
                        UNIT      STAGE       STATE     SINCE   WAITS FOR
                        postgres  stateful    pending
                        api       internal    pending           postgres
                        worker    internal    pending           postgres
                        web       frontend    pending           api, worker
                        guestbook/dev on local: 0 of 4 ready, 0s\
                        """);
        table.close();
    }

    @Test
    void isRedrawnInPlaceWhileTimeTicks() {
        table.planned(GUESTBOOK);
        table.event(event(0, Kind.STARTED, "postgres", "starts postgres"));
        clock.at(0.9);
        table.redraw();
        table.event(event(1.2, Kind.READY, "postgres", "accepts connections"));
        table.event(event(1.2, Kind.STARTED, "api", "starts"));
        table.event(event(2, Kind.PROGRESS, "api", "probe http :20123/readyz answered 503"));
        clock.at(4.3);
        table.redraw();
        assertThat(screen.text())
                .isEqualTo(
                        """
                        UNIT      STAGE       STATE     SINCE   WAITS FOR
                        postgres  stateful    ready     1.2s    accepts connections
                        api       internal    starting  3s      probe http :20123/readyz answered 503
                        worker    internal    pending
                        web       frontend    pending           api, worker
                        guestbook/dev on local: 1 of 4 ready, 4s\
                        """);
        table.close();
    }

    @Test
    void endsAsAFinalTableWithTheOutcome() {
        table.planned(GUESTBOOK);
        for (var unit : new String[] {"postgres", "api", "worker"}) {
            table.event(event(1.5, Kind.READY, unit, ""));
        }
        table.event(event(3, Kind.FAILED, "web", "exited with 1: npm: not found"));
        table.event(finished(3, "failed: web"));
        clock.at(3);
        table.close();
        table.close();
        assertThat(screen.text())
                .isEqualTo(
                        """
                        UNIT      STAGE       STATE     SINCE   WAITS FOR
                        postgres  stateful    ready     1.5s
                        api       internal    ready     1.5s
                        worker    internal    ready     1.5s
                        web       frontend    failed            exited with 1: npm: not found
                        guestbook/dev on local: 3 of 4 ready, 1 failed, 3s\
                        """);
    }

    @Test
    void aRemovalIsDrawnWithoutAPlan() {
        var removal =
                new LiveTable(
                        screen.stream(), new Paint(false), () -> new Size(80, 24), clock, true);
        removal.event(event(0, Kind.STARTED, "web", "is removed"));
        removal.event(event(1, Kind.STOPPED, "web", "removed"));
        removal.event(event(1, Kind.STARTED, "api", "is removed"));
        clock.at(2);
        removal.redraw();
        assertThat(screen.text())
                .isEqualTo(
                        """
                        UNIT  STAGE       STATE     SINCE   WAITS FOR
                        web   internal    stopped
                        api   internal    stopping  1s
                        1 stopped, 2s\
                        """);
        removal.close();
    }

    @Test
    void isShortenedNeverWrappedAt80Columns() {
        table.planned(
                Samples.plan(
                        step(
                                "a-unit-with-a-name-that-goes-on-and-on-for-ever-and-a-day",
                                Stage.EDGE),
                        step("b", Stage.MIGRATIONS)));
        table.event(event(0, Kind.STARTED, "b", "x".repeat(100)));
        table.redraw();
        assertThat(screen.text())
                .isEqualTo(
                        """
                        UNIT                                  STATE     SINCE   WAITS FOR
                        a-unit-with-a-name-that-goes-on-and…  pending
                        b                                     starting  0s      xxxxxxxxxxxxxxxxxxxxxxx…
                        guestbook/dev on local: 0 of 2 ready, 0s\
                        """);
        table.close();
    }

    @Test
    void whatWasNotTriedIsNotCountedAsFailed() {
        table.planned(GUESTBOOK);
        table.event(event(1, Kind.FAILED, "postgres", "no room"));
        table.event(event(1, Kind.FAILED, "api", "not started: postgres failed"));
        table.redraw();
        assertThat(screen.text())
                .contains("api       internal    skipped           not started: postgres failed")
                .contains("0 of 4 ready, 1 failed, 1 skipped");
        table.close();
    }

    @Test
    void usesTheRoomOf200Columns() {
        var wide = new VirtualScreen(200);
        try (var wideTable =
                new LiveTable(
                        wide.stream(), new Paint(false), () -> new Size(200, 50), clock, false)) {
            wideTable.planned(GUESTBOOK);
            wideTable.event(event(0, Kind.STARTED, "postgres", "x".repeat(300)));
            wideTable.redraw();
            assertThat(wide.text().lines().skip(1).findFirst().orElseThrow())
                    .hasSize(200)
                    .startsWith("postgres  stateful    starting  0s      xxx")
                    .endsWith("xxx…");
        }
    }

    @Test
    void countsWideCharactersAsTheTerminalDoes() {
        table.planned(GUESTBOOK);
        table.event(event(0, Kind.STARTED, "api", "データベースを待っています".repeat(5)));
        table.redraw();
        var line = screen.text().lines().skip(2).findFirst().orElseThrow();
        assertThat(Columns.of(line)).isBetween(79, 80);
        assertThat(line).endsWith("…");
        table.close();
    }

    @Test
    void showsNoControlCharacterOfAProgram() {
        table.planned(GUESTBOOK);
        table.event(event(0, Kind.FAILED, "api", "\u001b[2J\u001b[31mboom\u001b[0m\n\u0007next"));
        table.redraw();
        assertThat(screen.text()).contains("failed            boom next");
        table.close();
    }

    @Test
    void keepsWhatGoesOnInSightOnALowScreen() {
        var steps =
                IntStream.range(0, 30)
                        .mapToObj(i -> step("u%02d".formatted(i), Stage.INTERNAL))
                        .toArray(Plan.Step[]::new);
        var low = new VirtualScreen(80);
        var lowTable =
                new LiveTable(low.stream(), new Paint(false), () -> new Size(80, 10), clock, false);
        lowTable.planned(Samples.plan(steps));
        IntStream.range(0, 25)
                .forEach(i -> lowTable.event(event(1, Kind.READY, "u%02d".formatted(i), "")));
        lowTable.event(event(1, Kind.STARTED, "u29", "starts"));
        lowTable.redraw();
        assertThat(low.text().lines()).hasSize(9);
        assertThat(low.text()).contains("u29", "… and 24 more", "25 of 30 ready");
        lowTable.close();
        assertThat(low.text().lines()).hasSize(32);
    }

    @Test
    void aUnitThatStaysAsItIsCountsAsReady() {
        var kept =
                new Plan(
                        "h",
                        "i",
                        "s",
                        GUESTBOOK.environment(),
                        GUESTBOOK.target(),
                        GUESTBOOK.changes().subList(1, 2),
                        GUESTBOOK.steps(),
                        java.util.List.of(),
                        java.util.List.of(),
                        java.util.List.of(),
                        java.util.List.of());
        table.planned(kept);
        assertThat(screen.text()).contains("3 of 4 ready");
        table.close();
    }

    /// A clock that moves when the test says so.
    private static final class SteppedClock extends Clock {
        private volatile Instant now = START;

        void at(double seconds) {
            now = START.plusMillis((long) (seconds * 1000));
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
