package dev.fairlead.target.local.output;

import dev.fairlead.deploy.target.Target.LogConsumer;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.local.system.Pause;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
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

    private static final int LOOKS_UNTIL_UNITS = 10;

    private final Supplier<SortedMap<UnitName, Path>> files;
    private final SortedMap<UnitName, FreshLines> readers = new TreeMap<>();

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
                    .filter(line -> line.length() >= FreshLines.STAMP)
                    .map(line -> line.substring(FreshLines.STAMP))
                    .toList();
        }
    }

    /// The last `lines` lines of all, oldest first, then with `follow` those that come.
    public void read(int lines, boolean follow, LogConsumer consumer) throws InterruptedException {
        meet();
        var last = new ArrayList<FreshLines.Line>();
        for (var reader : readers.values()) {
            last.addAll(reader.last(lines));
        }
        try {
            if (give(last, lines, consumer) && follow) {
                follow(consumer);
            }
        } finally {
            readers.values().forEach(FreshLines::close);
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
            boolean behind;
            do {
                var fresh = new ArrayList<FreshLines.Line>();
                for (var reader : readers.values()) {
                    fresh.addAll(reader.fresh());
                }
                if (!give(fresh, Integer.MAX_VALUE, consumer)
                        || Thread.currentThread().isInterrupted()) {
                    return;
                }
                behind = readers.values().stream().anyMatch(FreshLines::behind);
            } while (behind);
            if (!waits) {
                return;
            }
        }
    }

    private void meet() {
        files.get()
                .forEach((unit, file) ->
                        readers.computeIfAbsent(unit, _ -> new FreshLines(unit, file)));
    }

    private static boolean give(List<FreshLines.Line> found, int atMost, LogConsumer consumer) {
        found.sort(
                Comparator.comparing(
                        FreshLines.Line::time)); // stable: lines of one unit keep their order
        for (var line : found.subList(Math.max(0, found.size() - atMost), found.size())) {
            if (!consumer.line(line.unit(), line.text())) {
                return false;
            }
        }
        return true;
    }
}
