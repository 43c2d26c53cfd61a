package dev.fairlead.target.local.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.target.Target.LogConsumer;
import dev.fairlead.inventory.unit.UnitName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Output that is followed while it is written and rotated.
class LogsTest {
    /// 15,000 lines of 1,000 bytes: more than one file, and no more than three.
    private static final int MANY = 15_000;

    private static final String REST = " " + "x".repeat(990);

    private static final UnitName UNIT = new UnitName("api");

    @TempDir Path folder;
    private Path file;
    private LogFile log;

    @BeforeEach
    void open() {
        file = folder.resolve("log");
        log = new LogFile(file, Clock.systemUTC());
    }

    private void write(int from, int to) {
        for (int i = from; i < to; i += 1000) {
            var lines = new ArrayList<byte[]>();
            for (int j = i; j < Math.min(to, i + 1000); j++) {
                lines.add(("%08d".formatted(j) + REST).getBytes(StandardCharsets.UTF_8));
            }
            log.append(lines);
        }
    }

    /// Writes the next many lines at each look, until there were as many looks as asked for.
    private class Writing implements LogConsumer {
        final List<Integer> seen = new ArrayList<>();
        final List<String> told = new ArrayList<>();
        private final int looks;
        private final int many;
        private int look;

        Writing(int looks, int many) {
            this.looks = looks;
            this.many = many;
        }

        @Override
        public boolean line(UnitName unit, String line) {
            if (line.contains("missing")) {
                told.add(line);
            } else {
                seen.add(Integer.parseInt(line.substring(0, 8)));
            }
            return true;
        }

        @Override
        public boolean waits() {
            if (look < looks) {
                look++;
                write(look * many, (look + 1) * many);
                return true;
            }
            return false;
        }
    }

    private List<Integer> followed(int looks) throws InterruptedException {
        var consumer = followed(looks, MANY);
        assertThat(consumer.told).isEmpty();
        return consumer.seen;
    }

    private Writing followed(int looks, int many) throws InterruptedException {
        var consumer = new Writing(looks, many);
        new Logs(() -> new TreeMap<>(Map.of(UNIT, file))).read(10, true, consumer);
        return consumer;
    }

    @Test
    void nothingIsMissedThoughTheFilesAreRotatedBetweenTwoLooks() throws InterruptedException {
        write(0, 100);
        var seen = followed(3);

        assertThat(seen).hasSize(10 + 3 * MANY).isSorted().doesNotHaveDuplicates();
        assertThat(seen).startsWith(90, 91, 92);
    }

    @Test
    void aUnitThatHasWrittenNothingYetIsFollowedFromItsFirstLine() throws InterruptedException {
        assertThat(followed(1)).hasSize(MANY).startsWith(MANY).isSorted();
    }

    @Test
    void whoReadsTooSlowlyIsToldHowManyLinesWentBy() throws InterruptedException {
        write(0, 100);
        var consumer = followed(2, 4 * MANY);

        assertThat(consumer.seen).isSorted().doesNotHaveDuplicates().endsWith(12 * MANY - 1);
        assertThat(consumer.told).hasSize(2);
        long missing = consumer.told.stream().mapToLong(LogsTest::number).sum();
        assertThat(missing + consumer.seen.size()).isEqualTo(10 + 2 * 4 * MANY);
    }

    @Test
    void theCountGoesOnWithTheNextSupervisor() throws InterruptedException {
        write(0, 100);
        var consumer =
                new Writing(1, 0) {
                    @Override
                    public boolean waits() {
                        if (seen.size() > 10) {
                            return false;
                        }
                        for (int i = 1; i <= 4; i++) {
                            log.close();
                            log = new LogFile(file, Clock.systemUTC());
                            write(i * MANY, (i + 1) * MANY);
                        }
                        return true;
                    }
                };
        new Logs(() -> new TreeMap<>(Map.of(UNIT, file))).read(10, true, consumer);

        long missing = consumer.told.stream().mapToLong(LogsTest::number).sum();
        assertThat(missing + consumer.seen.size()).isEqualTo(10 + 4 * MANY);
    }

    @Test
    void aUnitThatBeginsAnewIsFollowedOn() throws Exception {
        write(0, 100);
        var consumer =
                new Writing(1, 0) {
                    @Override
                    public boolean waits() {
                        if (seen.size() > 10) {
                            return false;
                        }
                        log.close();
                        try {
                            Files.delete(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                        log = new LogFile(file, Clock.systemUTC());
                        write(1000, 1100);
                        return true;
                    }
                };
        new Logs(() -> new TreeMap<>(Map.of(UNIT, file))).read(10, true, consumer);

        assertThat(consumer.told).isEmpty();
        assertThat(consumer.seen).hasSize(110).endsWith(1099);
    }

    private static long number(String line) {
        assertThat(line).endsWith(" lines are missing here: they came faster than they were read");
        return Long.parseLong(line.substring(0, line.indexOf(' ')).replace(",", ""));
    }
}
