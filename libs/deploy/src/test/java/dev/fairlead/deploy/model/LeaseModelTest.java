package dev.fairlead.deploy.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.model.LeaseModel.Defect;
import dev.fairlead.testkit.Covers;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A heartbeat keeps two from writing at one time, without a fence and whatever the network does with a request until its
/// timeout; and whoever is at work keeps its lease.
class LeaseModelTest {
    @Test
    @Covers("DEP-03")
    void nobodyWritesAfterAnotherHasTakenOver() {
        for (int request = 1; request <= 3; request++) {
            for (int every = 1; every <= 4; every++) {
                int lapse = every + 2 * request + 1;
                var model = new LeaseModel(every, lapse, request, EnumSet.noneOf(Defect.class));
                var result = model.search();
                assertThat(result.broken()).as("%s", model).isEmpty();
                assertThat(result.states()).isGreaterThan(100);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "LATE_HEARTBEAT, took the lease of a holder at work",
        "NO_PERMIT, changed something after another had taken over",
        "REQUEST_NOT_COUNTED, changed something after another had taken over",
        "COUNTED_FROM_THE_END, changed something after another had taken over",
        "IMPATIENT_OBSERVER, took the lease of a holder at work",
        "BLIND_BEAT, changed something after another had taken over"
    })
    void aMistakeIsFound(Defect defect, String what) {
        var result = new LeaseModel(2, 7, 2, EnumSet.of(defect)).search();
        assertThat(result.broken())
                .get()
                .satisfies(way -> assertThat(way.getLast().broken()).isEqualTo(what));
    }
}
