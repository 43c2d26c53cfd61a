package dev.fairlead.target.local.state;

import dev.fairlead.deploy.journal.Store.Versioned;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/// A JSON object in a file that several processes change by compare-and-swap.
///
/// @param what it holds, and what is lost when it is deleted: for who finds it damaged
record VersionedFile(Path file, Path lockFile, String what, String lost) {
    // A file lock holds between processes only; within this one a lock per file does.
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    Optional<Versioned> read() {
        return Durable.read(file).map(this::parsed);
    }

    private Versioned parsed(String text) {
        try {
            var tree = Json.readObject(text);
            return new Versioned(Members.number(tree, "version"), Members.object(tree, "record"));
        } catch (RuntimeException e) {
            throw Problem.error(LocalCode.STATE_DAMAGED, file + " does not hold " + what)
                    .withHint("delete it: " + lost)
                    .thrown();
        }
    }

    /// @param before done under the lock, before it is written
    boolean compareAndSet(long expected, Map<String, Object> record, Runnable before) {
        return locked(() -> {
            if (read().map(Versioned::version).orElse(0L) != expected) {
                return false;
            }
            before.run();
            Durable.write(file, Json.compact(Map.of("version", expected + 1, "record", record)));
            return true;
        });
    }

    boolean locked(BooleanSupplier work) {
        var lock = LOCKS.computeIfAbsent(lockFile, _ -> new ReentrantLock());
        lock.lock();
        try {
            Durable.folder(Objects.requireNonNull(lockFile.getParent()));
            try (var channel = Durable.open(lockFile);
                    var held = channel.lock()) {
                return work.getAsBoolean() && held.isValid();
            }
        } catch (IOException e) {
            throw Durable.notWritable(lockFile, e);
        } finally {
            lock.unlock();
        }
    }
}
