package dev.fairlead.deploy.slot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.journal.Store.Holder;
import dev.fairlead.deploy.slot.SlotPort.Activity;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.testkit.Covers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What collecting does with a slot.
@Covers("SLOT-02")
class VerdictTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Range RANGE = new Range("shop", "ai", 9, Duration.ofHours(8), false);
    private static final Claim CLAIM =
            new Claim(3, "ada", "issue 7", NOON, false, false, Optional.empty());

    private SlotView slot(SlotState state, Claim claim) {
        return slot(state, claim, Optional.empty(), Optional.empty());
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private SlotView slot(
            SlotState state, Claim claim, Optional<Holder> atWork, Optional<String> unsaved) {
        return new SlotView(
                new EnvironmentRef("shop", "ai", 3),
                state,
                Optional.of(claim),
                new Activity(NOON, "up"),
                atWork,
                Optional.empty(),
                Optional.empty(),
                unsaved,
                new TreeMap<>());
    }

    @Test
    void itStaysUntilTheTimeIsUpAndSaysWhenThatIs() {
        var ready = slot(SlotState.READY, CLAIM);
        var until = NOON.plus(Duration.ofHours(8));

        assertThat(Verdict.of(ready, RANGE, until.minusMillis(1)))
                .isEqualTo(new Verdict.Stays("idle for 7h 59m of 8h", Optional.of(until)));
        assertThat(Verdict.of(ready, RANGE, until))
                .isEqualTo(new Verdict.Goes("idle for 8h, longer than 8h"));
        assertThat(Verdict.of(ready, RANGE, NOON.plus(Duration.ofDays(3))).why())
                .isEqualTo("idle for 3d, longer than 8h");
    }

    @Test
    @Covers("SLOT-02")
    void itSleepsBeforeItGoesWhereTheStackSaysSo() {
        var range =
                new Range(
                        "shop",
                        "ai",
                        9,
                        Duration.ofHours(8),
                        Optional.of(Duration.ofHours(1)),
                        false);
        var ready = slot(SlotState.READY, CLAIM);

        assertThat(Verdict.of(ready, range, NOON.plus(Duration.ofMinutes(59))))
                .isInstanceOf(Verdict.Stays.class);
        assertThat(Verdict.of(ready, range, NOON.plus(Duration.ofHours(1))))
                .isEqualTo(new Verdict.Sleeps("idle for 1h, longer than 1h"));
        assertThat(
                        Verdict.of(
                                slot(SlotState.SLEEPING, CLAIM),
                                range,
                                NOON.plus(Duration.ofHours(2))))
                .isEqualTo(
                        new Verdict.Stays(
                                "idle for 2h of 8h", Optional.of(NOON.plus(Duration.ofHours(8)))));
        assertThat(Verdict.of(ready, range, NOON.plus(Duration.ofHours(8))))
                .isInstanceOf(Verdict.Goes.class);
        assertThat(
                        Verdict.of(
                                        slot(SlotState.READY, CLAIM.kept(true)),
                                        range,
                                        NOON.plus(Duration.ofHours(3)))
                                .why())
                .isEqualTo("it is kept");
    }

    @Test
    void aClockThatWasSetBackMakesNothingOld() {
        assertThat(
                        Verdict.of(
                                slot(SlotState.READY, CLAIM),
                                RANGE,
                                NOON.minus(Duration.ofDays(400))))
                .isInstanceOf(Verdict.Stays.class);
    }

    @Test
    void whoIsAtWorkIsKeptAndProtectedStayHoweverIdle() {
        var late = NOON.plus(Duration.ofDays(9));
        var atWork =
                slot(
                        SlotState.READY,
                        CLAIM,
                        Optional.of(new Holder("1", "fairlead up (pid 1)")),
                        Optional.empty());
        var guarded = new Range("shop", "ai", 9, Duration.ofHours(8), true);

        assertThat(Verdict.of(atWork, RANGE, late).why())
                .isEqualTo("fairlead up (pid 1) is at work");
        assertThat(Verdict.of(slot(SlotState.READY, CLAIM.kept(true)), RANGE, late).why())
                .isEqualTo("it is kept");
        assertThat(Verdict.of(slot(SlotState.READY, CLAIM), guarded, late).why())
                .isEqualTo("the environment is protected");
    }

    @Test
    void unsavedWorkOnlySleeps() {
        var late = NOON.plus(Duration.ofDays(9));
        var unsaved = Optional.of("2 files were changed");

        assertThat(Verdict.of(slot(SlotState.READY, CLAIM, Optional.empty(), unsaved), RANGE, late))
                .isEqualTo(
                        new Verdict.Sleeps("its worktree has unsaved work (2 files were changed)"));
        assertThat(
                        Verdict.of(
                                slot(SlotState.SLEEPING, CLAIM, Optional.empty(), unsaved),
                                RANGE,
                                late))
                .isInstanceOf(Verdict.Stays.class);
    }

    @Test
    void aRemovalThatWasCutShortIsFinishedAtOnceEvenOfAKeptSlot() {
        assertThat(
                        Verdict.of(
                                slot(SlotState.TERMINATING, CLAIM.kept(true).leaving(true)),
                                RANGE,
                                NOON))
                .isInstanceOf(Verdict.Goes.class);
    }
}
