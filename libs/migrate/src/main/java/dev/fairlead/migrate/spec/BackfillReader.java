package dev.fairlead.migrate.spec;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.typed.Shape;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.sql.SqlText;
import dev.fairlead.migrate.sql.Token;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a backfill.
final class BackfillReader {
    private static final Set<String> COMMANDS = Set.of("update", "insert", "delete", "with");

    private final Texts texts;
    private final Problems problems;

    BackfillReader(Texts texts, Problems problems) {
        this.texts = texts;
        this.problems = problems;
    }

    /// Empty when something is wrong, which has then been reported.
    Optional<Script> read(Node.Mapping map) {
        var table = SpecKeys.TABLE.scalar(map).filter(scalar -> isName(scalar, "the table"));
        var key = key(map);
        var where = SpecKeys.WHERE.scalar(map);
        boolean whereHolds = where.isEmpty() || texts.single(where.get(), "where").isPresent();
        var statement = SpecKeys.STATEMENT.scalar(map).flatMap(this::statement);
        if (table.isEmpty() || key.isEmpty() || statement.isEmpty() || !whereHolds) {
            return Optional.empty();
        }
        return Optional.of(
                new Script.Backfill(
                        table.get().text().strip(),
                        key,
                        statement.get(),
                        where.map(scalar -> scalar.text().strip()),
                        batch(map),
                        SpecKeys.PAUSE.span(map).orElse(Duration.ZERO)));
    }

    private static int batch(Node.Mapping map) {
        var batch = SpecKeys.BATCH;
        return batch.shape() instanceof Shape.Whole(var least, var most)
                        && batch.scalar(map).map(Node.Scalar::value).orElse(null)
                                instanceof Long rows
                        && rows >= least
                        && rows <= most
                ? Math.toIntExact(rows)
                : Integer.parseInt(batch.fallback().orElseThrow());
    }

    private List<String> key(Node.Mapping map) {
        var scalars =
                SpecKeys.BATCH_KEY
                        .scalar(map)
                        .map(List::of)
                        .orElseGet(() -> SpecKeys.BATCH_KEY.scalars(map));
        if (map.find("key") instanceof Node.Sequence && scalars.isEmpty()) {
            problems.add(
                    Problem.error(
                            SpecCode.SPEC_BACKFILL,
                            map.keyPlace("key"),
                            "the key of a backfill has no column"));
        }
        var names = scalars.stream().filter(scalar -> isName(scalar, "the key")).toList();
        return names.size() < scalars.size()
                ? List.of()
                : names.stream().map(scalar -> scalar.text().strip()).toList();
    }

    /// Whether a text is a name as SQL writes it: `users`, `public.users`, `"Users"`.
    private boolean isName(Node.Scalar scalar, String what) {
        var sql = texts.single(scalar, what);
        if (sql.isEmpty()) {
            return false;
        }
        var tokens = sql.get().statements().getFirst().tokens();
        boolean fits = tokens.size() % 2 == 1;
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            fits &=
                    i % 2 == 0
                            ? token.kind() == Token.Kind.WORD
                                    || token.kind() == Token.Kind.QUOTED_IDENTIFIER
                            : token.value().equals(".");
        }
        if (!fits) {
            problems.add(
                    Problem.error(
                            SpecCode.SPEC_BACKFILL,
                            scalar.place(),
                            what + " is not a name: \"" + scalar.text() + "\""));
        }
        return fits;
    }

    private Optional<SqlText> statement(Node.Scalar scalar) {
        var sql = texts.single(scalar, "the statement");
        if (sql.isEmpty()) {
            return sql;
        }
        var tokens = sql.get().statements().getFirst().tokens();
        if (!COMMANDS.contains(tokens.getFirst().value())) {
            problems.add(
                    Problem.error(
                            SpecCode.SPEC_BACKFILL,
                            scalar.place(),
                            "the statement of a backfill is an UPDATE, an INSERT or a DELETE"));
            return Optional.empty();
        }
        for (int i = 1; i < tokens.size(); i++) {
            if (tokens.get(i).is("batch") && tokens.get(i - 1).value().equals(":")) {
                return sql;
            }
        }
        problems.add(
                Problem.error(
                                SpecCode.SPEC_BACKFILL,
                                scalar.place(),
                                "the statement has no :batch, so that each batch would change every row")
                        .withHint("write … WHERE :batch, or … WHERE :batch AND (your condition)"));
        return Optional.empty();
    }
}
