package dev.fairlead.target.local.output;

import dev.fairlead.deploy.target.Target.LogConsumer;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.system.Pause;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Reads the output of units back from their files; no supervisor is needed.
public final class Logs {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int STAMP = 25;
    private static final int BLOCK = 256 << 10;

    private static final int LOOKS_UNTIL_UNITS = 10;

    private final Supplier<SortedMap<UnitName, Path>> files;
    private final SortedMap<UnitName, Reader> readers = new TreeMap<>();

    /// @param files the newest file of each unit's output; asked again for units that come while they are followed
    public Logs(Supplier<SortedMap<UnitName, Path>> files) {
        this.files = files;
    }

    /// The lines that were kept after a {@link Output#position}; all that there are, when that has been rotated away.
    public static List<String> after(Path file, String position) {
        var parts = position.split(" ", -1);
        var lines = new ArrayList<String>();
        try {
            for (var path : LogFile.files(file)) {
                if (Files.exists(path)) {
                    boolean here = LogFile.key(path).equals(parts[0]);
                    if (here) {
                        lines.clear(); // what lies in older files was printed before
                    }
                    lines.addAll(lines(path, here ? Long.parseLong(parts[1]) : 0));
                }
            }
        } catch (IOException | NumberFormatException e) {
            return List.copyOf(lines); // rotated at this moment, or nothing was ever kept
        }
        return List.copyOf(lines);
    }

    private static List<String> lines(Path path, long from) throws IOException {
        try (var in = Files.newInputStream(path)) {
            in.skipNBytes(from);
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> line.length() >= STAMP)
                    .map(line -> line.substring(STAMP))
                    .toList();
        }
    }

    private record Line(String time, UnitName unit, String text) {}

    /// The last `lines` lines of all, oldest first, then with `follow` those that come.
    public void read(int lines, boolean follow, LogConsumer consumer) throws InterruptedException {
        meet();
        var last = new ArrayList<Line>();
        for (var reader : readers.values()) {
            last.addAll(reader.last(lines));
        }
        if (give(last, lines, consumer) && follow) {
            follow(consumer);
        }
    }

    private void follow(LogConsumer consumer) throws InterruptedException {
        for (int look = 1; ; look++) {
            Pause.of(LOOK);
            // Asked before the reading: what was written until then is given before the end.
            boolean waits = consumer.waits();
            if (look % LOOKS_UNTIL_UNITS == 0) {
                meet();
            }
            var fresh = new ArrayList<Line>();
            for (var reader : readers.values()) {
                fresh.addAll(reader.fresh());
            }
            if (!give(fresh, Integer.MAX_VALUE, consumer) || !waits) {
                return;
            }
        }
    }

    private void meet() {
        files.get()
                .forEach(
                        (unit, file) -> readers.computeIfAbsent(unit, _ -> new Reader(unit, file)));
    }

    private static boolean give(List<Line> found, int atMost, LogConsumer consumer) {
        found.sort(Comparator.comparing(Line::time)); // stable: lines of one unit keep their order
        for (var line : found.subList(Math.max(0, found.size() - atMost), found.size())) {
            if (!consumer.line(line.unit(), line.text())) {
                return false;
            }
        }
        return true;
    }

    private static final class Reader {
        private final UnitName unit;
        private final Path file;
        private String key = "";
        private long at;

        Reader(UnitName unit, Path file) {
            this.unit = unit;
            this.file = file;
        }

        List<Line> last(int lines) {
            var found = new ArrayList<Line>();
            var files = LogFile.files(file);
            for (int i = files.size() - 1; i >= 0; i--) {
                // The newest one is read in any case: what comes is counted from its end.
                boolean wanted = found.size() < lines || files.get(i).equals(file);
                if (wanted && Files.exists(files.get(i))) {
                    found.addAll(0, tail(files.get(i), lines - found.size()));
                }
            }
            if (Files.exists(file)) {
                key = key(file);
            }
            return found;
        }

        /// Reads backwards, block by block, until there are enough line breaks.
        private List<Line> tail(Path path, int lines) {
            try (var in = new RandomAccessFile(path.toFile(), "r")) {
                long end = in.length();
                long from = end;
                var bytes = new byte[0];
                int breaks = 0;
                while (from > 0 && breaks <= lines) {
                    long start = Math.max(0, from - BLOCK);
                    var block = new byte[Math.toIntExact(from - start)];
                    in.seek(start);
                    in.readFully(block);
                    for (var b : block) {
                        breaks += b == '\n' ? 1 : 0;
                    }
                    var joined = new byte[block.length + bytes.length];
                    System.arraycopy(block, 0, joined, 0, block.length);
                    System.arraycopy(bytes, 0, joined, block.length, bytes.length);
                    bytes = joined;
                    from = start;
                }
                var all = parsed(bytes, bytes.length);
                if (path.equals(file)) {
                    at = end - unfinished(bytes);
                }
                return all.subList(Math.max(0, all.size() - lines), all.size());
            } catch (IOException e) {
                throw Durable.notWritable(path, e);
            }
        }

        /// What was written since the last look; after a rotation, the rest of the old file first.
        List<Line> fresh() {
            if (!Files.exists(file)) {
                return List.of();
            }
            var found = new ArrayList<Line>();
            var now = key(file);
            if (!now.equals(key)) {
                var rotated = LogFile.files(file).get(1);
                if (!key.equals("") && Files.exists(rotated) && key(rotated).equals(key)) {
                    found.addAll(from(rotated));
                }
                key = now;
                at = 0;
            }
            found.addAll(from(file));
            return found;
        }

        private List<Line> from(Path path) {
            try (var in = new RandomAccessFile(path.toFile(), "r")) {
                if (in.length() <= at) {
                    return List.of();
                }
                var bytes = new byte[Math.toIntExact(in.length() - at)];
                in.seek(at);
                in.readFully(bytes);
                int whole = bytes.length - unfinished(bytes);
                at += whole;
                return parsed(bytes, whole);
            } catch (IOException e) {
                throw Durable.notWritable(path, e);
            }
        }

        private static int unfinished(byte[] bytes) {
            int end = bytes.length;
            while (end > 0 && bytes[end - 1] != '\n') {
                end--;
            }
            return bytes.length - end;
        }

        private List<Line> parsed(byte[] bytes, int length) {
            var lines = new ArrayList<Line>();
            new String(bytes, 0, length, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.length() >= STAMP)
                    .forEach(line ->
                            lines.add(
                                    new Line(
                                            line.substring(0, STAMP - 1),
                                            unit,
                                            line.substring(STAMP))));
            return lines;
        }

        private static String key(Path path) {
            try {
                return LogFile.key(path);
            } catch (IOException e) {
                return path.toString();
            }
        }
    }
}
