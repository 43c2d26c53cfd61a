package dev.fairlead.target.local.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.target.Target.LogConsumer;
import dev.fairlead.inventory.unit.UnitName;
import java.nio.charset.StandardCharsets;
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
    /// 150,000 lines of 100 bytes and their times: more than one file, and no more than three.
    private static final int MANY = 150_000;

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
                lines.add("%08d %s".formatted(j, "x".repeat(90)).getBytes(StandardCharsets.UTF_8));
            }
            log.append(lines);
        }
    }

    /// Writes the next many lines at each look, until there were as many looks as asked for.
    private final class Writing implements LogConsumer {
        private final List<Integer> seen = new ArrayList<>();
        private final int looks;
        private int look;

        Writing(int looks) {
            this.looks = looks;
        }

        @Override
        public boolean line(UnitName unit, String line) {
            seen.add(Integer.parseInt(line.substring(0, 8)));
            return true;
        }

        @Override
        public boolean waits() {
            if (look < looks) {
                look++;
                write(look * MANY, (look + 1) * MANY);
                return true;
            }
            return false;
        }
    }

    private List<Integer> followed(int looks) throws InterruptedException {
        var consumer = new Writing(looks);
        new Logs(() -> new TreeMap<>(Map.of(UNIT, file))).read(10, true, consumer);
        return consumer.seen;
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
}
