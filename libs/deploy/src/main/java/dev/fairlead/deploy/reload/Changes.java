package dev.fairlead.deploy.reload;

import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryWatcher;
import io.methvin.watcher.visitor.FileTreeVisitor;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.helpers.NOPLogger;

/// Tells that a watched file changed: by the system's own events, or by looking every second where those do not come.
final class Changes implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);
    // File systems that another machine, or the host of this one, changes without this kernel's
    // knowledge.
    private static final List<String> WITHOUT_EVENTS =
            List.of("9p", "nfs", "nfs4", "cifs", "smb3", "drvfs", "vboxsf", "fuse", "virtiofs");

    private final Closeable source;
    private final String how;

    private Changes(Closeable source, String how) {
        this.source = source;
        this.how = how;
    }

    /// @param changed called after every change, on a thread of its own, once for each event
    static Changes of(WatchedFiles files, Runnable changed) {
        var blind = files.bases().stream().filter(Changes::isBlind).findFirst();
        if (blind.isPresent()) {
            return polling(files, changed, blind.get() + " gives no events");
        }
        try {
            return events(files, changed);
        } catch (IOException | RuntimeException e) {
            return polling(files, changed, String.valueOf(e.getMessage()));
        }
    }

    /// How changes are seen, for a person: `by events`, `by looking every second: … gives no events`.
    String how() {
        return how;
    }

    private static boolean isBlind(Path folder) {
        try {
            var type = Files.getFileStore(folder).type().toLowerCase(Locale.ROOT);
            return WITHOUT_EVENTS.stream()
                    .anyMatch(name -> type.equals(name) || type.startsWith(name + "."));
        } catch (IOException e) {
            return false;
        }
    }

    private static Changes events(WatchedFiles files, Runnable changed) throws IOException {
        var watcher =
                DirectoryWatcher.builder()
                        .paths(List.copyOf(files.bases()))
                        .fileHashing(false) // what counts is decided by the digest of all files
                        .fileTreeVisitor(visitor(files))
                        .logger(NOPLogger.NOP_LOGGER)
                        .listener(event -> {
                            if (counts(event, files)) {
                                changed.run();
                            }
                        })
                        .build();
        // Registers before it returns: no change after this is missed.
        var loop = watcher.watchAsync(task -> Thread.ofVirtual().name("watch").start(task));
        return new Changes(
                () -> {
                    watcher.close();
                    loop.cancel(true);
                },
                "by events");
    }

    private static boolean counts(DirectoryChangeEvent event, WatchedFiles files) {
        return event.eventType() == DirectoryChangeEvent.EventType.OVERFLOW
                || event.path() == null
                || files.contains(event.path())
                || (event.isDirectory()
                        && event.eventType() == DirectoryChangeEvent.EventType.CREATE
                        && !files.skips(event.path()));
    }

    /// Registers folders that can hold something that counts; a `node_modules` would use up the system's watches.
    private static FileTreeVisitor visitor(WatchedFiles files) {
        return (start, onFolder, onFile) ->
                Files.walkFileTree(
                        start,
                        new SimpleFileVisitor<>() {
                            @Override
                            public FileVisitResult preVisitDirectory(
                                    Path folder, BasicFileAttributes attributes)
                                    throws IOException {
                                if (!folder.equals(start) && files.skips(folder)) {
                                    return FileVisitResult.SKIP_SUBTREE;
                                }
                                onFolder.call(folder);
                                return FileVisitResult.CONTINUE;
                            }

                            @Override
                            public FileVisitResult visitFile(
                                    Path file, BasicFileAttributes attributes) throws IOException {
                                onFile.call(file);
                                return FileVisitResult.CONTINUE;
                            }

                            @Override
                            public FileVisitResult visitFileFailed(Path file, IOException e) {
                                return FileVisitResult.CONTINUE; // it vanished
                            }
                        });
    }

    private static Changes polling(WatchedFiles files, Runnable changed, String why) {
        var stop = new CountDownLatch(1);
        Thread.ofVirtual().name("watch").start(() -> look(files, changed, stop));
        return new Changes(stop::countDown, "by looking every second: " + why);
    }

    private static void look(WatchedFiles files, Runnable changed, CountDownLatch stop) {
        var last = files.digest();
        try {
            while (!stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                var now = files.digest();
                if (!now.equals(last)) {
                    last = now;
                    changed.run();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    @Override
    public void close() {
        try {
            source.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
