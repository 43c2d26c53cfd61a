package dev.fairlead.migrate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.sql.Corpora.Text;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The splitter cuts where psql cuts: psql runs a text against a real server, and the server's log of statements is
/// compared with what the splitter finds.
@Covers("SPEC-02")
class SplitterServerIT {
    private static final Pattern META_LINE = Pattern.compile("(?m)^\\s*\\\\(?![.N]).*$");
    private static final Pattern SENDER =
            Pattern.compile("(?m)\\\\(g|gx|gset|gexec|gdesc|crosstabview|watch)\\b.*$");
    private static final Pattern VARIABLE = Pattern.compile(":'([A-Z_]+)'");
    private static final Pattern COPY_FROM_CLIENT =
            Pattern.compile("(?is)\\bcopy\\b.*\\bfrom\\s+std(in|out)\\b");

    @TempDir private static Path folder;
    private static Path programs;
    private static RealServer server;

    @BeforeAll
    static void start() throws Exception {
        var found = RealServer.ofTheSystem();
        assumeTrue(
                found.isPresent(),
                "skipped: needs psql and a server (Debian: apt-get install postgresql)");
        programs = found.get();
        server = RealServer.start(programs, folder);
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE plain LOGIN");
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void ownCases() throws Exception {
        compare(OwnTexts.list(), 1.0);
    }

    @Test
    void migrationsOfProgramsInGo() throws Exception {
        var texts = Corpora.migrations();
        assumeTrue(!texts.isEmpty(), "skipped: needs go and the Go module proxy");
        compare(sample(texts, 4_000), 0.99);
    }

    @Test
    void theRegressionTestsOfPostgresqlItself() throws Exception {
        var texts = Corpora.regression();
        assumeTrue(!texts.isEmpty(), "skipped: needs apt-get and Debian's source of postgresql-15");
        compare(sample(texts.stream().map(SplitterServerIT::withoutCommands).toList(), 1_000), 0.8);
    }

    private static List<Text> sample(List<Text> texts, int full) {
        var shuffled = new ArrayList<>(texts);
        Collections.shuffle(shuffled, new Random(Seeds.generator("corpus").nextLong()));
        return shuffled.subList(0, Math.min(Scale.of(full), shuffled.size()));
    }

    /// Both sides get the text without psql's own commands, which the splitter refuses, and without its variables.
    private static Text withoutCommands(Text text) {
        var sql = SENDER.matcher(VARIABLE.matcher(text.sql()).replaceAll("'$1'")).replaceAll(";");
        return new Text(text.name(), META_LINE.matcher(sql).replaceAll(""));
    }

    /// @param least the share of the texts that must have been compared
    private void compare(List<Text> texts, double least) throws Exception {
        var skipped = new ArrayList<String>();
        var compared = new ArrayList<Text>();
        var wrong = new ArrayList<String>();
        int run = RUNS.incrementAndGet();
        for (int i = 0; i < texts.size(); i++) {
            send("run" + run + "-" + i, texts.get(i).sql());
        }
        var logs = StatementLog.read(server.log());
        int statements = 0;
        for (int i = 0; i < texts.size(); i++) {
            var text = texts.get(i);
            var log = logs.get("run" + run + "-" + i);
            var parts = Parts.of(new Source(text.name(), text.sql()));
            var reason = reasonToSkip(text, log, parts);
            if (!reason.isEmpty()) {
                skipped.add(text.name() + ": " + reason);
                continue;
            }
            compared.add(text);
            var sent = log == null ? List.<String>of() : log.statements();
            statements += parts.statements().size();
            difference(text, parts, sent, wrong);
        }
        System.out.printf(
                "%d texts, %d statements compared, %d texts skipped%n",
                compared.size(), statements, skipped.size());
        skipped.forEach(name -> System.out.println("  skipped " + name));
        assertThat(wrong).isEmpty();
        assertThat(compared.size()).isGreaterThanOrEqualTo((int) (texts.size() * least));
    }

    private static final java.util.concurrent.atomic.AtomicInteger RUNS =
            new java.util.concurrent.atomic.AtomicInteger();

    private static String reasonToSkip(Text text, StatementLog log, Parts parts) {
        if (text.sql().matches("(?is).*standard_conforming_strings\\s*(=|to)\\s*'?(off|false).*")) {
            return "turns standard_conforming_strings off";
        } else if (log != null && log.refusedCopy()) {
            return "a COPY FROM STDIN fails on purpose, so psql reads its rows as SQL";
        } else if (parts.problems().stream()
                .anyMatch(problem -> problem.code() == SqlCode.SQL_META_COMMAND)) {
            return "has a psql command in the middle of a line";
        }
        return "";
    }

    private static void difference(Text text, Parts parts, List<String> sent, List<String> wrong) {
        if (!parts.problems().isEmpty()) {
            wrong.add(text.name() + ": " + parts.problems());
            return;
        }
        var logged = new ArrayList<String>();
        for (var statement : sent) {
            var stripped = afterBlank(statement);
            if (!stripped.isEmpty()) {
                logged.add(stripped);
            }
        }
        var ours = parts.statements();
        for (int i = 0; i < Math.max(ours.size(), logged.size()); i++) {
            var mine = i < ours.size() ? withoutEmptyLines(ours.get(i).text()) : "(none)";
            var theirs = i < logged.size() ? withoutEmptyLines(logged.get(i)) : "(none)";
            if (!theirs.startsWith(mine)
                    || !afterBlank(theirs.substring(mine.length())).isEmpty()) {
                wrong.add(
                        "%s, statement %d\n  server: %s\n  here:   %s"
                                .formatted(text.name(), i + 1, theirs, mine));
                return;
            }
        }
    }

    /// psql leaves out the empty lines of a statement.
    private static String withoutEmptyLines(String text) {
        return text.replaceAll("\n+", "\n");
    }

    /// A text without the white space, comments and semicolons at its beginning.
    private static String afterBlank(String text) {
        int i = 0;
        while (i < text.length()) {
            if (Character.isWhitespace(text.charAt(i)) || text.charAt(i) == ';') {
                i++;
            } else if (text.startsWith("--", i)) {
                int end = text.indexOf('\n', i);
                i = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", i)) {
                int depth = 0;
                do {
                    if (text.startsWith("/*", i)) {
                        depth++;
                        i += 2;
                    } else if (text.startsWith("*/", i)) {
                        depth--;
                        i += 2;
                    } else {
                        i++;
                    }
                } while (depth > 0 && i < text.length());
            } else {
                break;
            }
        }
        return text.substring(i);
    }

    /// By a role that may do nothing, so that nothing happens but the log; a COPY needs its table, and gets a database.
    private static void send(String name, String sql) throws IOException, InterruptedException {
        var file = folder.resolve(name + ".sql");
        Files.writeString(file, sql);
        var database = "postgres";
        if (COPY_FROM_CLIENT.matcher(sql).find()) {
            database = name;
            assertThat(
                            psql(
                                    "postgres",
                                    "setup",
                                    "postgres",
                                    "-c",
                                    "CREATE DATABASE \"%s\" OWNER plain TEMPLATE template0"
                                            .formatted(name)))
                    .isZero();
        }
        psql("plain", name, database, "-f", file.toString());
    }

    private static int psql(String user, String application, String database, String... command)
            throws IOException, InterruptedException {
        var all =
                new ArrayList<>(
                        List.of(
                                programs.resolve("psql").toString(),
                                "-X",
                                "-q",
                                "-h",
                                "127.0.0.1",
                                "-p",
                                String.valueOf(server.port()),
                                "-U",
                                user,
                                "-d",
                                database));
        all.addAll(List.of(command));
        var builder =
                new ProcessBuilder(all)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PGAPPNAME", application);
        builder.environment().put("PGCLIENTENCODING", "UTF8");
        builder.environment().put("PGOPTIONS", "-c statement_timeout=5s");
        return builder.start().waitFor();
    }
}
