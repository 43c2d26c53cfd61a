package dev.fairlead.bench.migrate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// One-statement migrations, in the form of each tool: the number `n` makes the table `t_n`.
///
/// @param folder under which all of them lie
public record Inputs(Path folder) {
    /// How a tool wants its files.
    public enum Form {
        GOOSE("%08d_t.sql", "-- +goose Up\n%s\n-- +goose Down\n%s\n"),
        FLYWAY("V%08d__t.sql", "%s\n"),
        LIQUIBASE(
                "changes/%08d_t.sql",
                "--liquibase formatted sql\n--changeset bench:%3$d\n%1$s\n--rollback %2$s\n"),
        DBMATE("%08d_t.sql", "-- migrate:up\n%s\n-- migrate:down\n%s\n");

        private final String name;
        private final String text;

        Form(String name, String text) {
            this.name = name;
            this.text = text;
        }
    }

    /// The folder of so many migrations, written when it is not there.
    public Path of(Form form, int count) throws IOException {
        var target = folder.resolve(form.name().toLowerCase(java.util.Locale.ROOT) + "-" + count);
        if (Files.exists(target)) {
            return target;
        }
        for (int number = 1; number <= count; number++) {
            var file = target.resolve(form.name.formatted(number));
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file,
                    form.text.formatted(
                            "CREATE TABLE t_%d (id bigint, name text);".formatted(number),
                            "DROP TABLE t_%d;".formatted(number),
                            number));
        }
        if (form == Form.LIQUIBASE) {
            Files.writeString(
                    target.resolve("changelog.yaml"),
                    "databaseChangeLog:\n  - includeAll:\n      path: changes\n      relativeToChangelogFile: true\n");
        }
        return target;
    }
}
