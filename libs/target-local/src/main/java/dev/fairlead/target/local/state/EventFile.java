package dev.fairlead.target.local.state;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.event.EventTree;
import dev.fairlead.document.Json;
import dev.fairlead.target.local.system.Pause;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/// Events, one JSON object per line. Command and supervisor append to it; each line is one write, so that lines never
/// mix. A line that a kill left torn is skipped by readers and closed by the next writer.
public final class EventFile {
    private static final long LARGEST = 8L << 20;
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Path current;
    private final Path older;

    public EventFile(EnvironmentFolder environment) {
        current = environment.path().resolve("events.ndjson");
        older = environment.path().resolve("events.1.ndjson");
    }

    /// Adds an event; it is on the disk when this returns.
    public synchronized void append(Event event) {
        try {
            Durable.folder(java.util.Objects.requireNonNull(current.getParent()));
            if (Files.exists(current) && Files.size(current) > LARGEST) {
                Files.move(current, older, StandardCopyOption.REPLACE_EXISTING);
            }
            var line = Json.compact(EventTree.of(event)) + "\n";
            try (var channel = Durable.open(current, StandardOpenOption.APPEND)) {
                var start = torn() ? "\n" : "";
                channel.write(ByteBuffer.wrap((start + line).getBytes(StandardCharsets.UTF_8)));
                channel.force(false);
            }
        } catch (IOException e) {
            throw Durable.notWritable(current, e);
        }
    }

    private boolean torn() throws IOException {
        try (var file = new RandomAccessFile(current.toFile(), "r")) {
            if (file.length() == 0) {
                return false;
            }
            file.seek(file.length() - 1);
            return file.read() != '\n';
        }
    }

    /// Every event from the oldest that is kept, then those that come.
    public void read(boolean follow, Predicate<Event> consumer) throws InterruptedException {
        Durable.checkWay(current);
        if (!lines(older, 0, consumer).more()) {
            return;
        }
        var at = lines(current, 0, consumer);
        while (follow && at.more()) {
            Pause.of(LOOK);
            boolean rotated = Files.exists(current) && current.toFile().length() < at.offset();
            at = lines(current, rotated ? 0 : at.offset(), consumer);
        }
    }

    private record At(long offset, boolean more) {}

    /// Reads whole lines from an offset.
    private static At lines(Path path, long from, Predicate<Event> consumer) {
        if (!Files.exists(path)) {
            return new At(0, true);
        }
        long at = from;
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            if (file.length() <= from) {
                return new At(from, true);
            }
            var bytes = new byte[Math.toIntExact(file.length() - from)];
            file.seek(from);
            file.readFully(bytes);
            int start = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    var line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
                    start = i + 1;
                    at = from + start;
                    var event = event(line);
                    if (event.isPresent() && !consumer.test(event.get())) {
                        return new At(at, false);
                    }
                }
            }
            return new At(at, true);
        } catch (IOException e) {
            throw Durable.notWritable(path, e);
        }
    }

    private static Optional<Event> event(String line) {
        try {
            return Optional.of(EventTree.read(Json.readObject(line)));
        } catch (RuntimeException e) {
            return Optional.empty(); // torn by a kill in the middle of a write
        }
    }
}
