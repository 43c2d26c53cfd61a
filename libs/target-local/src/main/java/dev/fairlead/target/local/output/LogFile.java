package dev.fairlead.target.local.output;

import dev.fairlead.target.local.state.Durable;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A unit's output on the disk: lines, each with its time before it, in at most three files of 10 MiB. When the disk is
/// full, lines are lost, and the file says so as soon as there is room again; the unit goes on. The first line of a file
/// tells how many were written before it, so that who reads slowly knows how many went by.
final class LogFile {
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final long LARGEST = 10L << 20;

    /// Begins the first line of a file, which is too short to be taken for one of the unit's.
    private static final String HEAD = "# ";

    private static final int LONGEST_HEAD = 24;
    private static final int BLOCK = 256 << 10;

    private final Path file;
    private final Clock clock;
    private @Nullable FileOutputStream out;
    private long size;

    /// Lines in all files so far, those that were removed counted too.
    private long written;

    private long lost;

    LogFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /// The files of a unit's output, the oldest first.
    static List<Path> files(Path newest) {
        return List.of(older(newest, 2), older(newest, 1), newest);
    }

    /// The place at which the next line comes to lie: file and offset, whatever the clock says.
    synchronized String position() throws IOException {
        return Files.exists(file) ? key(file) + " " + Files.size(file) : "- 0";
    }

    /// Tells a file from the one that takes its place.
    static String key(Path path) throws IOException {
        return String.valueOf(Files.readAttributes(path, BasicFileAttributes.class).fileKey())
                .replace(" ", "");
    }

    synchronized void append(List<byte[]> lines) {
        var time = (TIME.format(clock.instant()) + " ").getBytes(StandardCharsets.US_ASCII);
        var bytes = new ByteArrayOutputStream();
        if (lost > 0) {
            bytes.write('\n'); // the last one may have been written in part
            bytes.writeBytes(time);
            bytes.writeBytes(
                    (lost + " lines are missing here: the disk was full\n")
                            .getBytes(StandardCharsets.UTF_8));
        }
        for (var line : lines) {
            bytes.writeBytes(time);
            bytes.writeBytes(line);
            bytes.write('\n');
        }
        try {
            var stream = opened();
            bytes.writeTo(stream);
            size += bytes.size();
            written += lines.size() + (lost > 0 ? 1 : 0);
            lost = 0;
            if (size > LARGEST) {
                rotate();
            }
        } catch (IOException e) {
            lost += lines.size();
            close();
        }
    }

    private FileOutputStream opened() throws IOException {
        var open = out;
        if (open == null) {
            Durable.folder(Objects.requireNonNull(file.getParent()));
            Durable.touch(file);
            open = new FileOutputStream(file.toFile(), true);
            out = open;
            size = Files.size(file);
            if (size > 0) {
                try (var in = Files.newInputStream(file)) {
                    written = upTo(in);
                }
            } else {
                var head = (HEAD + written + "\n").getBytes(StandardCharsets.US_ASCII);
                open.write(head);
                size = head.length;
            }
        }
        return open;
    }

    /// How many lines were written before those of a file; 0 where that is not known.
    static long before(InputStream in) throws IOException {
        return Math.max(0, before(in.readNBytes(LONGEST_HEAD)));
    }

    /// How many lines were written up to the end of a file, which is read whole.
    static long upTo(InputStream in) throws IOException {
        var block = in.readNBytes(LONGEST_HEAD);
        long before = before(block);
        long lines = before < 0 ? 0 : before - 1;
        while (block.length > 0) {
            for (var b : block) {
                lines += b == '\n' ? 1 : 0;
            }
            block = in.readNBytes(BLOCK);
        }
        return lines;
    }

    private static long before(byte[] begin) {
        var text = new String(begin, StandardCharsets.US_ASCII);
        int end = text.indexOf('\n');
        try {
            return end > 0 && text.startsWith(HEAD)
                    ? Long.parseLong(text.substring(HEAD.length(), end))
                    : -1;
        } catch (NumberFormatException e) {
            return -1; // cut short by a full disk
        }
    }

    private void rotate() throws IOException {
        close();
        if (Files.exists(older(file, 1))) {
            Files.move(older(file, 1), older(file, 2), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(file, older(file, 1), StandardCopyOption.REPLACE_EXISTING);
    }

    synchronized void close() {
        var open = out;
        out = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                lost++;
            }
        }
    }

    private static Path older(Path file, int number) {
        return file.resolveSibling(file.getFileName() + "." + number);
    }
}
