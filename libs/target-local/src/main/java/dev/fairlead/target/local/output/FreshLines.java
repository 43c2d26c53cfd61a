package dev.fairlead.target.local.output;

import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.local.state.Durable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The output of one unit, read from its files while they are written and rotated: at most one block at a time, however
/// much has come. The file that is read stays open, so that it can be read to its end wherever it was moved. When so much
/// came that its successors were removed too, a line says how much that was.
final class FreshLines implements AutoCloseable {
    /// The length of a line's time and the blank behind it.
    static final int STAMP = 25;

    private static final int BLOCK = 256 << 10;
    private static final int MOST = 1 << 20;
    private static final int LOOKS = 3;

    private final UnitName unit;
    private final Path file;
    private String key = "";
    private @Nullable RandomAccessFile open;

    /// Lines in the files before it.
    private long before;

    private long at;
    private boolean behind;
    private String lastTime = "";

    /// A line of a unit.
    record Line(String time, UnitName unit, String text) {}

    /// One of the unit's files, by what it is rather than by its name.
    private record Part(Path path, String key) {}

    /// @param file the newest file
    FreshLines(UnitName unit, Path file) {
        this.unit = unit;
        this.file = file;
    }

    /// The last lines that there are; what is fresh is counted from here.
    List<Line> last(int lines) {
        var found = new ArrayList<Line>();
        for (var part : parts().reversed()) {
            // The newest one is read in any case: what comes is counted from its end.
            if (found.size() < lines || part.path().equals(file)) {
                found.addAll(0, tail(part, lines - found.size()));
            }
        }
        return found;
    }

    /// Reads backwards, block by block, until there are enough line breaks.
    private List<Line> tail(Part part, int lines) {
        try (var in = new RandomAccessFile(part.path().toFile(), "r")) {
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
            if (part.path().equals(file)) {
                moveTo(part);
                at = end - unfinished(bytes, bytes.length);
            }
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (FileNotFoundException e) {
            return List.of(); // renamed at this moment
        } catch (IOException e) {
            throw Durable.notWritable(part.path(), e);
        }
    }

    /// What was written since the last look, or the first block of it.
    List<Line> fresh() {
        try {
            while (true) {
                // Looked up before the reading: a file that has a successor is written no more.
                var next = successor();
                var lines = block();
                if (!lines.isEmpty() || next.isEmpty()) {
                    behind |= next.isPresent();
                    return lines;
                }
                long missing = moved(next.get());
                if (missing > 0) {
                    behind = true;
                    return List.of(
                            new Line(
                                    lastTime,
                                    unit,
                                    "%,d lines are missing here: they came faster than they were read"
                                            .formatted(missing)));
                }
            }
        } catch (IOException e) {
            throw Durable.notWritable(file, e);
        }
    }

    /// Goes on to the next file, and tells how many lines lie between.
    private long moved(Part next) throws IOException {
        var in = open;
        long end = 0;
        if (in != null) {
            in.seek(0);
            end = LogFile.upTo(Channels.newInputStream(in.getChannel()));
        }
        try {
            moveTo(next);
        } catch (FileNotFoundException e) {
            return 0; // renamed at this moment: looked up anew
        }
        return in == null ? 0 : before - end;
    }

    /// Whether there is more than what was given last.
    boolean behind() {
        return behind;
    }

    private Optional<Part> successor() throws IOException {
        var parts = parts();
        int here = indexOf(parts);
        // A file that is being renamed is not seen for a moment.
        for (int look = 1; here < 0 && !key.isEmpty() && look < LOOKS; look++) {
            parts = parts();
            here = indexOf(parts);
        }
        var later = parts.subList(here + 1, parts.size());
        return here < 0 && open != null ? younger(later) : later.stream().findFirst();
    }

    /// The first of the files that are younger than the one that is read; all of them are when the unit began anew.
    private Optional<Part> younger(List<Part> parts) throws IOException {
        for (var part : parts) {
            if (before(part) > before || before(parts.getLast()) <= before) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    private static long before(Part part) throws IOException {
        try (var in = Files.newInputStream(part.path())) {
            return LogFile.before(in);
        } catch (NoSuchFileException e) {
            return 0; // renamed at this moment
        }
    }

    private int indexOf(List<Part> parts) {
        return parts.stream().map(Part::key).toList().indexOf(key);
    }

    /// The files that there are, the oldest first.
    private List<Part> parts() {
        var parts = new ArrayList<Part>();
        for (var path : LogFile.files(file)) {
            try {
                if (Files.exists(path)) {
                    parts.add(new Part(path, LogFile.key(path)));
                }
            } catch (IOException e) {
                // renamed at this moment
            }
        }
        return parts;
    }

    private void moveTo(Part part) throws IOException {
        var in = new RandomAccessFile(part.path().toFile(), "r");
        close();
        open = in;
        key = part.key();
        before = LogFile.before(Channels.newInputStream(in.getChannel()));
        at = 0;
    }

    private List<Line> block() throws IOException {
        var in = open;
        long there = in == null ? 0 : in.length() - at;
        behind = there > MOST;
        if (in == null || there <= 0) {
            return List.of();
        }
        var bytes = new byte[(int) Math.min(there, MOST)];
        in.seek(at);
        in.readFully(bytes);
        int whole = bytes.length - unfinished(bytes, bytes.length);
        at += whole == 0 && behind ? bytes.length : whole;
        var lines = parsed(bytes, whole);
        if (!lines.isEmpty()) {
            lastTime = lines.getLast().time();
        }
        return lines;
    }

    private static int unfinished(byte[] bytes, int length) {
        int end = length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return length - end;
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

    @Override
    public void close() {
        var in = open;
        open = null;
        if (in != null) {
            try {
                in.close();
            } catch (IOException e) {
                throw Durable.notWritable(file, e);
            }
        }
    }
}
