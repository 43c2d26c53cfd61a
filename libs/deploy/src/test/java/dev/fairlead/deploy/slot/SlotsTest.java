package dev.fairlead.deploy.slot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.testkit.Covers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Who gets which slot, and what happens when a command dies on the way.
class SlotsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final SlotWorld world = new SlotWorld();

    private Slots slots(int most) {
        return slots(most, NOON);
    }

    private Slots slots(int most, Instant now) {
        return new Slots(
                world,
                world,
                new Range("shop", "ai", most, Duration.ofHours(8), false),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Wish wish(String owner, String purpose) {
        return new Wish(owner, purpose, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Wish number(String owner, int number) {
        return new Wish(owner, "", Optional.of(number), Optional.empty(), Optional.empty());
    }

    @Test
    void theLowestFreeNumberIsGivenOut() {
        var slots = slots(9);
        world.bringUp(2); // by `up --slot 2`: nobody took it, but it is in use

        assertThat(slots.take(wish("ada", "a")).claim().number()).isEqualTo(1);
        assertThat(slots.take(wish("ada", "b")).claim().number()).isEqualTo(3);
        slots.forget(1);
        assertThat(slots.take(wish("bob", "")).claim().number()).isEqualTo(1);
    }

    @Test
    @Covers("SLOT-01")
    void whoeverHasOneForThePurposeGetsTheSameAgain() {
        var slots = slots(9);
        var first = slots.take(wish("ada", "issue 7"));
        slots.take(wish("bob", "issue 7"));

        var again = slots.take(wish("ada", "issue 7"));

        assertThat(first.again()).isFalse();
        assertThat(again.again()).isTrue();
        assertThat(again.claim()).isEqualTo(first.claim());
    }

    @Test
    void aNumberThatIsSomebodyElsesIsRefusedWithHisName() {
        var slots = slots(9);
        slots.take(number("ada", 4));

        assertThatThrownBy(() -> slots.take(number("bob", 4)))
                .hasMessageContaining("slot 4 is ada's");
        assertThat(slots.take(number("ada", 4)).again()).isTrue();
    }

    @Test
    void whenAllAreTakenItIsSaidWhoHasThem() {
        var slots = slots(2);
        slots.take(wish("ada", "issue 7"));
        slots.take(wish("bob", ""));

        assertThatThrownBy(() -> slots.take(wish("eve", "")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        full -> {
                            var problem = full.problems().getFirst();
                            assertThat(problem.code()).isEqualTo(SlotCode.SLOTS_FULL);
                            assertThat(problem.evidence())
                                    .containsExactly("1: ada for issue 7", "2: bob");
                        });
    }

    @Test
    void aNumberOutsideTheRangeAndAnEnvironmentWithoutSlotsAreRefused() {
        assertThatThrownBy(() -> slots(3).take(number("ada", 4))).hasMessageContaining("no slot 4");
        assertThatThrownBy(() -> slots(0).take(wish("ada", "")))
                .hasMessageContaining("has no slots");
    }

    @Test
    void tenAtOnceGetTenNumbers() throws Exception {
        var numbers = new TreeSet<Integer>();
        for (var taken : atOnce(10, i -> slots(15).take(wish("agent " + i, "")))) {
            numbers.add(taken.claim().number());
        }
        assertThat(numbers)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 10).boxed().toList());
    }

    @Test
    void oneOwnerWithOnePurposeGetsOneSlotHoweverOftenItIsAskedForAtOnce() throws Exception {
        var takes = atOnce(10, _ -> slots(15).take(wish("ada", "issue 7")));

        assertThat(takes).extracting(taken -> taken.claim().number()).containsOnly(1);
        assertThat(takes).filteredOn(taken -> !taken.again()).hasSize(1);
    }

    private interface Asked<T> {
        T by(int number);
    }

    private static <T> List<T> atOnce(int many, Asked<T> asked)
            throws InterruptedException, ExecutionException {
        var ready = new CountDownLatch(many);
        try (var executor = Executors.newFixedThreadPool(many)) {
            var all = new ArrayList<Future<T>>();
            for (int i = 0; i < many; i++) {
                int number = i;
                Callable<T> one =
                        () -> {
                            ready.countDown();
                            ready.await();
                            return asked.by(number);
                        };
                all.add(executor.submit(one));
            }
            var results = new ArrayList<T>();
            for (var one : all) {
                results.add(one.get());
            }
            return results;
        }
    }

    @Test
    void theStateFollowsFromWhatIsThere() {
        var slots = slots(9);
        slots.take(number("ada", 1));
        assertThat(slots.require(1).state()).isEqualTo(SlotState.TAKEN);
        world.bringUp(1);
        assertThat(slots.require(1).state()).isEqualTo(SlotState.READY);
        assertThat(slots.require(1).urls()).containsEntry("api", "http://127.0.0.1:20001");
        world.end(slots.ref(1), false);
        assertThat(slots.require(1).state()).isEqualTo(SlotState.SLEEPING);
        slots.leave(1);
        assertThat(slots.require(1).state()).isEqualTo(SlotState.TERMINATING);
        assertThat(slots.find(7)).isEmpty();
    }

    @Test
    void whatSomebodyDidLastIsKnown() {
        slots(9).take(number("ada", 1));
        world.bringUp(1);
        world.instances.get(1).finished = NOON.plusSeconds(60);
        assertThat(slots(9).require(1).activity().why()).isEqualTo("up");

        slots(9, NOON.plusSeconds(90)).touch(1, "logs -f");
        assertThat(slots(9).require(1).activity().why()).isEqualTo("logs -f");
    }

    @Test
    @Covers({"SLOT-02", "SLOT-03"})
    void aRemovalThatIsKilledAtAnyPointIsFinishedByTheNextOne() {
        for (boolean before : new boolean[] {true, false}) {
            int points = removalKilledAt(Integer.MAX_VALUE, before);
            assertThat(points).isGreaterThan(4);
            for (int at = 1; at <= points; at++) {
                removalKilledAt(at, before);
            }
        }
    }

    /// @return how many writes the removal has
    private int removalKilledAt(int at, boolean before) {
        var fresh = new SlotWorld();
        var slots =
                new Slots(
                        fresh,
                        fresh,
                        new Range("shop", "ai", 9, Duration.ofHours(8), false),
                        Clock.fixed(NOON, ZoneOffset.UTC));
        slots.checkOut(slots.take(number("ada", 1)).claim(), Optional.of("feature"));
        fresh.bringUp(1);
        int earlier = fresh.writes();
        fresh.killBefore = before;
        fresh.killAtWrite = at == Integer.MAX_VALUE ? at : earlier + at;
        try {
            new Clearing(slots, fresh, fresh::end).remove(slots.require(1), false);
        } catch (SlotWorld.Killed killed) {
            assertThat(slots.find(1).isPresent() || fresh.isEmpty())
                    .as("killed at %d, it is still seen", at)
                    .isTrue();
        }
        fresh.killAtWrite = Integer.MAX_VALUE;
        slots.find(1)
                .ifPresent(slot -> {
                    // What was killed before its first write is as if it had not been asked for.
                    new Clearing(slots, fresh, fresh::end).remove(slot, false);
                });
        assertThat(fresh.isEmpty())
                .as("killed %s write %d", before ? "before" : "after", at)
                .isTrue();
        assertThat(slots.take(wish("bob", "")).claim().number()).isEqualTo(1);
        return fresh.writes() - earlier - 1;
    }

    @Test
    void aTakeThatIsKilledAtAnyPointIsFinishedByTheNextOne() {
        for (int at = 1; at <= 4; at++) {
            var fresh = new SlotWorld();
            var slots =
                    new Slots(
                            fresh,
                            fresh,
                            new Range("shop", "ai", 9, Duration.ofHours(8), false),
                            Clock.fixed(NOON, ZoneOffset.UTC));
            fresh.killAtWrite = at;
            try {
                slots.checkOut(slots.take(wish("ada", "7")).claim(), Optional.of("feature"));
            } catch (SlotWorld.Killed killed) {
                fresh.killAtWrite = Integer.MAX_VALUE;
            }
            var taken = slots.take(wish("ada", "7"));
            var claim = slots.checkOut(taken.claim(), Optional.of("feature"));
            assertThat(claim.number()).isEqualTo(1);
            assertThat(claim.checkout()).contains(new Claim.Checkout("feature", true));
            assertThat(fresh.folders).containsEntry(1, "feature");
        }
    }

    @Test
    void whoIsAtWorkKeepsHisSlot() {
        var slots = slots(9);
        slots.take(number("ada", 1));
        world.bringUp(1);
        world.instances.get(1).atWork = true;

        var outcome = new Clearing(slots, world, world::end).remove(slots.require(1), false);

        assertThat(outcome).isInstanceOf(Outcome.Busy.class);
        assertThat(slots.require(1).claim().orElseThrow().leaving()).isFalse();
        assertThat(world.databases).contains(1);
    }

    @Test
    void unsavedWorkIsNeverRemovedSilently() {
        var slots = slots(9);
        slots.checkOut(slots.take(number("ada", 1)).claim(), Optional.of("feature"));
        world.unsaved.put(1, "1 file was changed");
        var clearing = new Clearing(slots, world, world::end);

        assertThatThrownBy(() -> clearing.remove(slots.require(1), false))
                .hasMessageContaining("unsaved work: 1 file was changed");
        assertThat(world.folders).containsKey(1);
        assertThat(clearing.remove(slots.require(1), true)).isInstanceOf(Outcome.Ready.class);
        assertThat(world.folders).isEmpty();
    }
}
