package dev.fairlead.migrate.plan;

import dev.fairlead.document.Digest;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.sql.Checksum;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.Groups;
import dev.fairlead.migrate.sql.SqlText;
import dev.fairlead.migrate.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a step does, as a text to keep and to compare, and as a checksum.
public final class StepText {
    private StepText() {}

    /// The statements that are known before it runs; empty for a URL, a program, instructions.
    public static Optional<SqlText> sql(Step step) {
        return switch (step) {
            case Step.Schema schema -> Optional.of(schema.sql());
            case Step.Validation validation -> Optional.of(validation.assertion());
            case Step.Data data ->
                    switch (data.script()) {
                        case Script.Inline inline -> Optional.of(inline.sql());
                        case Script.File file -> Optional.of(file.sql());
                        case Script.Backfill backfill -> Optional.of(backfill.statement());
                        case Script.Url _, Script.Exec _, Script.Instructions _ -> Optional.empty();
                    };
        };
    }

    /// Whether all of a step happens or none.
    public static boolean transactional(Step step) {
        return switch (step) {
            case Step.Schema schema -> schema.transactional();
            case Step.Validation _ -> true;
            case Step.Data data ->
                    switch (data.script()) {
                        case Script.Inline inline -> inline.transactional();
                        case Script.File file -> file.transactional();
                        case Script.Url url -> url.transactional();
                        case Script.Instructions _ -> true;
                        case Script.Exec _, Script.Backfill _ -> false;
                    };
        };
    }

    /// Whether all of a step with these statements happens or none.
    public static boolean whole(Step step, List<Facts> facts) {
        var groups = Groups.of(facts);
        boolean one =
                groups.isEmpty()
                        || (groups.size() == 1
                                && groups.getFirst().run() == Groups.Run.ONE_TRANSACTION);
        return transactional(step) && one;
    }

    /// As the history keeps it.
    public static String of(Step step) {
        var sql = sql(step).map(StepText::statements).orElse("");
        if (!(step instanceof Step.Data data)) {
            return sql;
        }
        return switch (data.script()) {
            case Script.Inline _, Script.File _ -> sql;
            case Script.Url url -> "url " + url.url() + "\nsha256 " + url.sha256();
            case Script.Exec exec ->
                    "exec " + String.join("\n     ", exec.command()) + "\ndigest " + exec.digest();
            case Script.Instructions instructions -> instructions.text();
            case Script.Backfill backfill ->
                    "backfill %s by %s\nwhere %s\n%s"
                            .formatted(
                                    backfill.table(),
                                    String.join(", ", backfill.key()),
                                    backfill.where().orElse("true"),
                                    sql);
        };
    }

    private static String statements(SqlText sql) {
        return sql.statements().stream().map(Statement::text).collect(Collectors.joining(";\n"));
    }

    /// Changes exactly when what the step does changes: comments, white space, names, limits and checks do not count; nor
    /// does a URL's address or a batch's size.
    public static String checksum(Step step) {
        if (step instanceof Step.Schema schema) {
            return Checksum.of(schema.sql());
        }
        var parts =
                switch (step) {
                    case Step.Schema schema -> List.of(Checksum.of(schema.sql()));
                    case Step.Validation validation ->
                            List.of("validation", Checksum.of(validation.assertion()));
                    case Step.Data data -> script(data.script());
                };
        return Digest.ofTree(parts);
    }

    private static List<String> script(Script script) {
        return switch (script) {
            case Script.Inline inline -> List.of("data", Checksum.of(inline.sql()));
            case Script.File file -> List.of("data", Checksum.of(file.sql()));
            case Script.Url url -> List.of("url", url.sha256());
            case Script.Exec exec ->
                    List.of("exec", String.join("\0", exec.command()), exec.digest());
            case Script.Instructions instructions -> List.of("instructions", instructions.text());
            case Script.Backfill backfill ->
                    List.of(
                            "backfill",
                            backfill.table(),
                            String.join(",", backfill.key()),
                            backfill.where().orElse(""),
                            Checksum.of(backfill.statement()));
        };
    }
}
