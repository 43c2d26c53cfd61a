package dev.fairlead.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElapsedTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.0s, 0s",
        "1250, 1.2s, 1s",
        "9999, 9.9s, 9s",
        "12000, 12s, 12s",
        "65000, 1m05s, 1m05s",
        "7380000, 2h03m, 2h03m",
        "273600000, 3d04h, 3d04h",
        "-5, 0.0s, 0s"
    })
    void readsAsPeopleSayIt(long millis, String exact, String ticking) {
        assertThat(Elapsed.exact(Duration.ofMillis(millis))).isEqualTo(exact);
        assertThat(Elapsed.ticking(Duration.ofMillis(millis))).isEqualTo(ticking);
    }
}
