package dev.fairlead.target.local.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What was printed after a place in the output, whatever the clock did meanwhile.
class LogFileTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir Path folder;

    private void print(Duration offset, String... lines) {
        var log = new LogFile(file(), Clock.fixed(NOON.plus(offset), ZoneOffset.UTC));
        log.append(
                List.of(lines).stream()
                        .map(line -> line.getBytes(StandardCharsets.UTF_8))
                        .toList());
        log.close();
    }

    private Path file() {
        return folder.resolve("log");
    }

    private String position() throws IOException {
        return new LogFile(file(), Clock.systemUTC()).position();
    }

    @Test
    void aClockThatWentBackHidesNoLine() throws IOException {
        print(Duration.ZERO, "before");
        var begin = position();
        print(Duration.ofHours(-1), "after");

        assertThat(Logs.after(file(), begin)).containsExactly("after");
    }

    @Test
    void aClockThatWentOnShowsNoOlderLine() throws IOException {
        print(Duration.ofHours(1), "before");
        var begin = position();
        print(Duration.ZERO, "after");

        assertThat(Logs.after(file(), begin)).containsExactly("after");
    }

    @Test
    void whatWasRotatedMeanwhileIsThere() throws IOException {
        print(Duration.ZERO, "before");
        var begin = position();
        print(Duration.ZERO, "early", "x".repeat(11 << 20));
        print(Duration.ZERO, "late");

        assertThat(Logs.after(file(), begin)).hasSize(3).startsWith("early").endsWith("late");
    }

    @Test
    void beforeTheFirstLineIsTheBegin() throws IOException {
        var begin = position();
        print(Duration.ZERO, "first");

        assertThat(Logs.after(file(), begin)).containsExactly("first");
    }
}
