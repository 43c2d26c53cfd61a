package dev.fairlead.deploy.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.model.Model.Defect;
import dev.fairlead.deploy.model.Model.Liveness;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two commands, each killed or stalled at any moment and started again: never two actors on one step, never a lost step,
/// always an end.
class ModelTest {
    @Test
    @Covers("DEP-03")
    void nothingThatMustNotBeCanBeReached() {
        int states = 0;
        for (int units = 1; units <= (Scale.of(100) == 100 ? 4 : 3); units++) {
            for (var liveness : Liveness.values()) {
                for (var supersedes : List.of(false, true)) {
                    var result =
                            Search.through(new Model(units, liveness, supersedes, 1, Set.of()));
                    assertThat(result.violation())
                            .as("%d units, %s, supersede %s", units, liveness, supersedes)
                            .isEmpty();
                    states += result.states();
                }
            }
        }
        System.out.println("states " + states);
        assertThat(states).isGreaterThan(10_000);
    }

    @Test
    void aHolderThatComesBackAndDoesNotLookIsStoppedByTheFence() {
        var forgetful = Set.of(Defect.NO_LOOK_AFTER_STALL);
        var result = Search.through(new Model(3, Liveness.OBSERVED, false, 1, forgetful));
        assertThat(result.violation()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "NO_FENCING NO_LOOK_AFTER_STALL, OBSERVED, an older execution changed something after a newer one",
        "NO_COMPARE, EXACT, took the lease of a holder at work",
        "RESULT_OF_A_STRANGER, OBSERVED, recorded results under another's lease",
        "LATE_HEARTBEAT, OBSERVED, took the lease of a holder at work",
        "DEAD_HOLDER_BLOCKS, EXACT, the next command is refused by nobody at work",
        "NO_AWAIT, EXACT, 'said ready, and a step was lost'",
        "LIVE_HOLDER_IGNORED, EXACT, took the lease of a holder at work",
        "FENCED_TAKEN_FOR_DONE NO_LOOK_AFTER_STALL, OBSERVED, went on after it was told of a newer one",
        "INTENT_NOT_WRITTEN, EXACT, acted without an intent in the record",
        "RESULT_LOST, EXACT, 'ended, and its result or its lease is not in the record as it said'",
        "LEASE_NOT_RELEASED, EXACT, 'ended, and its result or its lease is not in the record as it said'",
    })
    void aMistakeIsFoundWithTheShortestWayToIt(String defects, Liveness liveness, String what) {
        var planted =
                Set.of(defects.split(" ")).stream()
                        .map(Defect::valueOf)
                        .collect(Collectors.toSet());
        var result = Search.through(new Model(2, liveness, false, 1, planted));
        assertThat(result.violation())
                .get()
                .satisfies(way -> assertThat(way).last().isEqualTo(what));
    }
}
