package dev.fairlead.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.document.typed.Durations;
import dev.fairlead.document.typed.Quantities;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Durations and quantities.
class TypedTest {
    @ParameterizedTest
    @CsvSource({
        "90s, PT1M30S",
        "5m, PT5M",
        "8h, PT8H",
        "1h30m, PT1H30M",
        "200ms, PT0.2S",
        "1.5s, PT1.5S",
        "0, PT0S"
    })
    void durationsAreWrittenAsInGo(String text, Duration span) {
        assertThat(Durations.parse(text)).contains(span);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 m", "-5m", "m", "5d", "99999999999h"})
    void otherTextsAreNoDurations(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"500m, 0.5", "2, 2", "10Gi, 10737418240", "1e3, 1000", "1.5k, 1500", "1Ki, 1024"})
    void quantitiesAreWrittenAsInKubernetes(String text, String amount) {
        assertThat(Quantities.parse(text).orElseThrow()).isEqualByComparingTo(amount);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Gi", "1 Gi", "1GB", "1e"})
    void otherTextsAreNoQuantities(String text) {
        assertThat(Quantities.parse(text)).isEmpty();
    }
}
