package dev.fairlead.deploy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.plan.Plan.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What differs, as finely as a person reads it.
class FieldDiffTest {
    @Test
    void ofAListOnlyTheItemsThatDifferAreNamed() {
        var from = Map.<String, Object>of("command", List.of("java", "-Xmx64m", "Api"));
        var to = Map.<String, Object>of("command", List.of("java", "-Xmx64m", "-ea", "Api"));

        assertThat(FieldDiff.between(from, to)).containsExactly(field("command[2]", null, "-ea"));
        assertThat(FieldDiff.between(to, from)).containsExactly(field("command[2]", "-ea", null));
    }

    @Test
    void aListThatIsNewStandsInOneLine() {
        assertThat(FieldDiff.between(Map.of(), Map.of("command", List.of("java", "Api"))))
                .containsExactly(field("command", null, "[\"java\",\"Api\"]"));
    }

    @Test
    void whatAUnitSawAndFingerprintsAreNotShown() {
        var from = Map.<String, Object>of("secrets", Map.of("db", "aa"), "seen", Map.of("t", "1"));
        var to = Map.<String, Object>of("secrets", Map.of("db", "bb"));

        assertThat(FieldDiff.between(from, to))
                .containsExactly(field("secrets.db", "${secret:db}", "${secret:db} (changed)"));
    }

    private static Field field(
            String path,
            @org.jspecify.annotations.Nullable String from,
            @org.jspecify.annotations.Nullable String to) {
        return new Field(path, Optional.ofNullable(from), Optional.ofNullable(to));
    }
}
