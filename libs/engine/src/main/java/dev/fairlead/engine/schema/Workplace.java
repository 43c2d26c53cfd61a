package dev.fairlead.engine.schema;

import dev.fairlead.migrate.Migrations;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.source.FolderDigest;
import dev.fairlead.migrate.store.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One database and the files that migrate it: what the command `migrate` works on. The database is not touched before
/// {@link #migrations} is asked for.
public final class Workplace implements AutoCloseable {
    private final String name;
    private final Path folder;
    private final boolean guarded;
    private final Supplier<List<Migration>> files;
    private final Supplier<Line> line;
    private java.util.Optional<Line> open = java.util.Optional.empty();
    private @Nullable List<Migration> read;

    /// @param name of the migrations unit, or the owner's; goose files are named by it
    /// @param guarded the environment is protected: changing the database asks first
    Workplace(
            String name,
            Path folder,
            boolean guarded,
            Supplier<List<Migration>> files,
            Supplier<Line> line) {
        this.name = name;
        this.folder = folder;
        this.guarded = guarded;
        this.files = files;
        this.line = line;
    }

    /// Without a stack.
    ///
    /// @param url of the database; never asked for by what needs none
    public static Workplace of(
            Path folder, String owner, MigrationFiles files, Supplier<String> url) {
        return new Workplace(
                owner, folder, false, () -> files.of(folder, owner), () -> Line.direct(url.get()));
    }

    public String name() {
        return name;
    }

    public Path folder() {
        return folder;
    }

    public boolean guarded() {
        return guarded;
    }

    /// Every migration, read once, each after those that it depends on.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException with everything that is wrong with the files
    public List<Migration> files() {
        var known = read;
        if (known == null) {
            known = files.get();
            read = known;
        }
        return known;
    }

    /// The migrations of the database; opens the way to it until this is closed.
    public Migrations migrations() {
        return Migrations.of(database()).from(this::files, () -> FolderDigest.of(folder, name));
    }

    /// The database; opens the way to it until this is closed.
    public Database database() {
        var to = line.get();
        open = java.util.Optional.of(to);
        return Database.of(to.url());
    }

    @Override
    public void close() {
        open.ifPresent(Line::close);
    }
}
