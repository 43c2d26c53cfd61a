package dev.fairlead.migrate.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Problems;
import dev.fairlead.migrate.goose.GooseFolder;
import dev.fairlead.migrate.source.SourceFolder;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that somebody broke is a migration, or problems with places; never an exception.
class SpecPropertyTest {
    private static final int CASES = 100_000;
    private static final String SPEC =
            """
            meta: { name: core.db.2025_01_x, version: 1.2.3-beta.1, owners: [ "@a" ], stability: beta }
            plan:
              up:
                - kind: schema
                  sql: |
                    CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;
                  preChecks: [ { description: d, expression: "SELECT 'a' = 'b'" } ]
                  timeoutMs: 100
                - kind: data
                  script: { backfill: { table: a, key: [ id ], statement: "UPDATE a SET b = 1 WHERE :batch", batch: 10, pause: 1s } }
                - kind: data
                  script: { url: "https://x", sha256: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa }
                - { kind: data, script: { exec: [ psql, "-c", "x" ] }, retries: 2, idempotent: true }
                - { kind: validation, assertion: 'SELECT true' }
              down: [ { kind: data, script: DELETE FROM a } ]
            dependencies: [ a.b, "c@>=2" ]
            background: false
            """;
    private static final String GOOSE =
            "-- +goose NO TRANSACTION\n-- +goose ENVSUB ON\n-- +goose Up\nSELECT '${A:-b}', $$x$$;\n-- +goose StatementBegin\nSELECT 2;\n-- +goose StatementEnd\n-- +goose Down\nSELECT 3;\n";
    private static final List<String> PIECES =
            List.of(
                    "{", "}", "[", "]", ":", "\n", "\t", "'", "\"", "$$", ";", "&a ", "*a",
                    "!!int ", "null", "~", "- ", "@>=", "{{", "0x", "1e999", "\u0000", "\uFFFF",
                    "😀", "/*", "--", "(", "\\", "|", ">");

    @TempDir private Path folder;

    private static String broken(String text, RandomGenerator random) {
        var out = new StringBuilder(text);
        for (int i = 1 + random.nextInt(3); i > 0 && !out.isEmpty(); i--) {
            int at = random.nextInt(out.length());
            switch (random.nextInt(4)) {
                case 0 -> out.deleteCharAt(at);
                case 1 -> out.insert(at, PIECES.get(random.nextInt(PIECES.size())));
                case 2 -> out.setLength(at);
                default -> {
                    int to = Math.min(out.length(), at + random.nextInt(40));
                    out.insert(random.nextInt(out.length()), out.substring(at, to));
                }
            }
        }
        return out.toString();
    }

    @Test
    void aBrokenSpecIsReadOrReported() {
        var random = Seeds.generator("SpecPropertyTest.spec");
        int read = 0;
        for (int i = 0; i < Scale.of(CASES); i++) {
            var text = broken(SPEC, random);
            for (var name : List.of("a.migration.yaml", "a.migration.json")) {
                var problems = new Problems();
                var migration = Specs.read(name, text, folder, problems);
                assertThat(migration.isPresent()).as(text).isNotEqualTo(problems.hasErrors());
                assertThat(problems.list()).as(text).allMatch(one -> one.place().isPresent());
                read += migration.isPresent() ? 1 : 0;
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void aBrokenGooseFileIsReadOrReported() throws IOException {
        var random = Seeds.generator("SpecPropertyTest.goose");
        int read = 0;
        for (int i = 0; i < Scale.of(CASES); i++) {
            var text = broken(GOOSE, random);
            // half of a surrogate pair is written as a question mark
            Files.write(folder.resolve("1_x.sql"), text.getBytes(StandardCharsets.UTF_8));
            var problems = new Problems();
            var migrations =
                    GooseFolder.read(
                            SourceFolder.of(folder), "api", Map.of("A", "1"), Set.of(), problems);
            assertThat(migrations.size() == 1).as(text).isNotEqualTo(problems.hasErrors());
            assertThat(problems.list()).as(text).allMatch(one -> one.place().isPresent());
            read += migrations.size();
        }
        assertThat(read).isPositive();
    }
}
