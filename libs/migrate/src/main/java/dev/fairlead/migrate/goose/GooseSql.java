package dev.fairlead.migrate.goose;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.sql.Splitter;
import dev.fairlead.migrate.sql.SqlText;
import dev.fairlead.migrate.sql.Statement;
import dev.fairlead.migrate.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What goose sends as statements of the server.
final class GooseSql {
    private final Source source;
    private final Problems problems = new Problems();

    private GooseSql(Source source) {
        this.source = source;
    }

    /// Each of goose's statements as one query.
    ///
    /// @param source of the file, with every line break as one line feed
    /// @throws ProblemException with everything in them that is no SQL
    static SqlText of(Source source, List<GooseStatement> statements) {
        var reader = new GooseSql(source);
        var queries = new ArrayList<SqlText.Query>();
        for (var statement : statements) {
            reader.query(statement).ifPresent(queries::add);
        }
        reader.problems.throwIfErrors();
        return new SqlText(
                source,
                queries.stream().flatMap(query -> query.statements().stream()).toList(),
                queries);
    }

    /// Empty when there is nothing in it to send.
    private Optional<SqlText.Query> query(GooseStatement from) {
        SqlText split;
        try {
            split = Splitter.split(new Source(source.name(), from.text()));
        } catch (ProblemException e) {
            e.problems().forEach(problem -> problems.add(inFile(problem, from)));
            return Optional.empty();
        }
        if (split.statements().isEmpty()) {
            return Optional.empty();
        }
        var whole = source.text().startsWith(from.text(), from.start());
        // Where a variable was put in or an annotation taken out, the file does not have the text:
        // it gets a source of
        // its own, in which it stands on the line of the file.
        var base = whole ? source : apart(from);
        int shift = whole ? from.start() : from.place().line() - 1;
        var statements =
                split.statements().stream()
                        .map(statement -> moved(statement, base, shift))
                        .toList();
        return Optional.of(
                new SqlText.Query(base, shift, shift + from.text().length(), statements));
    }

    private Source apart(GooseStatement from) {
        return new Source(source.name(), "\n".repeat(from.place().line() - 1) + from.text());
    }

    private static Statement moved(Statement statement, Source base, int shift) {
        return new Statement(
                base,
                statement.start() + shift,
                statement.end() + shift,
                statement.tokens().stream()
                        .map(token ->
                                new Token(
                                        token.kind(),
                                        token.start() + shift,
                                        token.end() + shift,
                                        token.value()))
                        .toList());
    }

    /// A problem of the statement's text at its place in the file.
    private Problem inFile(Problem problem, GooseStatement from) {
        var place =
                problem.place()
                        .map(within ->
                                new Place(
                                        source,
                                        from.place().line() + within.line() - 1,
                                        within.line() == 1
                                                ? from.place().column() + within.column() - 1
                                                : within.column()));
        return new Problem(
                problem.code(),
                problem.severity(),
                place,
                problem.what(),
                problem.hint(),
                problem.trace(),
                problem.evidence());
    }
}
