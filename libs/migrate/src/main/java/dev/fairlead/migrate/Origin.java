package dev.fairlead.migrate;

import dev.fairlead.migrate.model.Migration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where the migrations of a database come from. They are read when somebody needs them, and once.
final class Origin {
    private final Supplier<List<Migration>> read;
    private final Supplier<Optional<String>> name;
    private @Nullable List<Migration> migrations;
    private boolean named;
    private Optional<String> files = Optional.empty();

    /// @param read every migration, each after those that it depends on
    /// @param name the digest of the files that they are read from; empty where there is none
    Origin(Supplier<List<Migration>> read, Supplier<Optional<String>> name) {
        this.read = read;
        this.name = name;
    }

    static Origin of(List<Migration> migrations) {
        return new Origin(() -> migrations, Optional::empty);
    }

    synchronized List<Migration> migrations() {
        var known = migrations;
        if (known == null) {
            known = List.copyOf(read.get());
            migrations = known;
        }
        return known;
    }

    /// Begins to name the files while something else is waited for.
    void begin() {
        var _ = Thread.ofVirtual().name("names the files").start(this::files);
    }

    synchronized Optional<String> files() {
        if (!named) {
            files = name.get();
            named = true;
        }
        return files;
    }
}
