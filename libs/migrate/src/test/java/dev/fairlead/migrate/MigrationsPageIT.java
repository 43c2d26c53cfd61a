package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.migrate.lock.Lane;
import dev.fairlead.migrate.plan.Goal;
import dev.fairlead.migrate.server.Db;
import dev.fairlead.migrate.server.PostgresServer;
import dev.fairlead.migrate.server.PostgresServer.Release;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page `docs/reference/migrations.md` is true.
class MigrationsPageIT {
    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("`(migration_[a-z_]+)`");
    private static final Pattern TEST = Pattern.compile("[A-Z][A-Za-z]+(?:IT|Test)");
    private static final Pattern MARK = Pattern.compile("`(-- \\+goose [A-Za-z ]+)`");

    private final String page = read();
    private final Db db = PostgresServer.shared(Release.SYSTEM).fresh();

    private static String read() {
        try {
            return Files.readString(Repository.root().resolve("docs/reference/migrations.md"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What stands between two headings.
    private String section(String heading) {
        int begin = page.indexOf("## " + heading + "\n");
        assertThat(begin).as(heading).isNotNegative();
        int end = page.indexOf("\n## ", begin + 1);
        return page.substring(begin, end < 0 ? page.length() : end);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    @Test
    @Covers("MIG-03")
    void theGooseFileRunsBothWays(@TempDir Path folder) throws Exception {
        var files = section("Files");
        var example = found(SQL, files).getFirst();
        assertThat(found(MARK, files)).hasSize(7).allMatch(example::contains);
        Files.writeString(
                folder.resolve("0001_orders.sql"), "-- +goose Up\nCREATE TABLE orders (id int);\n");
        Files.writeString(folder.resolve("0002_paid.sql"), example);
        var migrations = Migrations.of(db.url()).from(folder, "shop");
        assertThat(migrations.up().problems()).isEmpty();
        assertThat(db.value("SELECT count(paid) FROM orders")).isEqualTo("0");
        assertThat(db.invalidIndexes()).isEmpty();
        assertThat(migrations.down(new Goal.Steps(1)).problems()).isEmpty();
        assertThat(db.value("SELECT to_regproc('fill')")).isEqualTo("null");
    }

    @Test
    @Covers("MIG-04")
    void theTablesAndTheLockAreTheRealOnes() throws Exception {
        Migrations.of(db.url()).from(List.of(Sample.sql("a.1", "SELECT 1"))).up();
        var tables =
                db.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'fairlead' ORDER BY 1");
        assertThat(new TreeSet<>(found(NAME, section("What the database keeps"))))
                .containsExactlyElementsOf(tables);
        assertThat(section("One migrator")).contains("0x" + Long.toHexString(Lane.MAIN.turnKey()));
        assertThat(Lane.MAIN.workKey()).as("key + 1").isEqualTo(Lane.MAIN.turnKey() + 1);
        assertThat(Lane.BACKGROUND.turnKey()).as("key + 2").isEqualTo(Lane.MAIN.turnKey() + 2);
    }

    @Test
    @Covers("MIG-06")
    void eachRowOfWhatCanGoWrongNamesTestsThatAreThere() throws IOException {
        var rows =
                section("When something goes wrong")
                        .lines()
                        .filter(line -> line.startsWith("| "))
                        .skip(2)
                        .toList();
        assertThat(rows).hasSizeGreaterThan(15);
        for (var row : rows) {
            var named = row.substring(row.lastIndexOf("| ", row.length() - 3));
            assertThat(TEST.matcher(named).results().map(MatchResult::group))
                    .as(row)
                    .isNotEmpty()
                    .allMatch(tests()::contains);
        }
    }

    private static Set<String> tests() throws IOException {
        try (var files = Files.walk(Repository.root())) {
            return files.map(Path::getFileName)
                    .map(String::valueOf)
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    @Covers("SPEC-09")
    void theLinesForAProgramRunTheMigrationsOfItsJar(@TempDir Path folder) throws Exception {
        var snippets = found(JAVA, section("In a program"));
        assertThat(snippets).hasSize(2);
        var program = Embedded.of(folder, snippets.get(0), snippets.get(1));
        assertThat(program.runs(db.url())).isTrue();
        assertThat(db.rows("SELECT key FROM fairlead.migration_history"))
                .containsExactly("shop.sql.1");
        assertThat(db.value("SELECT count(*) FROM users")).isEqualTo("0");
    }
}
