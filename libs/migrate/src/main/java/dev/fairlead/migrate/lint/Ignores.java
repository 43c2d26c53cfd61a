package dev.fairlead.migrate.lint;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.sql.SqlText;
import dev.fairlead.migrate.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The ignore comments of one migration. One before a statement, in it, or behind it on its last line holds for that
/// statement; one before the first statement holds for what is found about the migration, too; one of a YAML file holds
/// for the line it stands on or the next that is no comment.
final class Ignores {
    /// @param statement that it holds for
    /// @param first whether it stands before the first one
    private record OfStatement(Directive directive, Statement statement, boolean first) {}

    private record OfLine(Directive directive, int line) {}

    private final List<OfStatement> ofStatements = new ArrayList<>();
    private final List<OfLine> ofLines = new ArrayList<>();
    private final Set<Directive> used = new HashSet<>();
    private final Place place;

    Ignores(Migration migration) {
        place = migration.place();
        boolean first = true;
        for (var step : migration.up()) {
            for (var text : StepTexts.of(step)) {
                read(text.sql(), first);
                first = false;
            }
        }
        if (!isSql(place.source())) {
            readLines(place.source());
        }
    }

    private static boolean isSql(Source source) {
        return source.name().endsWith(".sql");
    }

    private void read(SqlText sql, boolean firstText) {
        Optional<Statement> before = Optional.empty();
        for (var statement : sql.statements()) {
            var source = statement.source();
            int start =
                    before.filter(other -> other.source().equals(source))
                            .map(Ignores::endOfLine)
                            .orElseGet(() -> startOfComments(source, statement.start()));
            boolean first = firstText && before.isEmpty();
            add(source, start, statement.start(), statement, first);
            int from = statement.start();
            for (var token : statement.tokens()) {
                add(source, from, token.start(), statement, first);
                from = token.end();
            }
            add(source, statement.end(), endOfLine(statement), statement, first);
            before = Optional.of(statement);
        }
    }

    private void add(Source source, int start, int end, Statement statement, boolean first) {
        Directive.in(source, start, end)
                .forEach(directive ->
                        ofStatements.add(new OfStatement(directive, statement, first)));
    }

    private static int endOfLine(Statement statement) {
        var text = statement.source().text();
        int end = text.indexOf('\n', Math.max(statement.end(), lastToken(statement)));
        return end < 0 ? text.length() : end;
    }

    private static int lastToken(Statement statement) {
        return statement.tokens().getLast().end();
    }

    /// Back over lines that are comments or blank.
    private static int startOfComments(Source source, int offset) {
        var text = source.text();
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        while (start > 0) {
            int before = text.lastIndexOf('\n', start - 2) + 1;
            var line = text.substring(before, start).strip();
            if (!line.isEmpty() && !line.startsWith("--") && !line.startsWith("/*")) {
                return start;
            }
            start = before;
        }
        return start;
    }

    private void readLines(Source source) {
        int offset = 0;
        for (int number = 1; number <= source.lines(); number++) {
            var line = source.line(number);
            int mark = line.indexOf('#');
            if (mark >= 0) {
                int target = line.substring(0, mark).isBlank() ? next(source, number) : number;
                Directive.in(source, offset + mark, offset + line.length())
                        .forEach(directive -> ofLines.add(new OfLine(directive, target)));
            }
            int end = source.text().indexOf('\n', offset);
            offset = end < 0 ? source.text().length() : end + 1;
        }
    }

    private static int next(Source source, int comment) {
        int line = comment + 1;
        while (line < source.lines() && source.line(line).strip().startsWith("#")) {
            line++;
        }
        return line;
    }

    /// Whether a finding is ignored.
    ///
    /// @param statement empty when it is about the migration
    boolean ignores(Finding finding, Optional<Statement> statement) {
        boolean ignored = false;
        for (var candidate : ofStatements) {
            boolean here =
                    candidate.directive().file()
                            || statement
                                    .map(candidate.statement()::equals)
                                    .orElse(candidate.first());
            ignored |= here && take(candidate.directive(), finding);
        }
        for (var candidate : ofLines) {
            boolean here =
                    candidate.directive().file()
                            || (finding.place().file().equals(place.file())
                                    && finding.place().line() == candidate.line());
            ignored |= here && take(candidate.directive(), finding);
        }
        return ignored;
    }

    private boolean take(Directive directive, Finding finding) {
        boolean taken = directive.valid() && directive.names(finding.rule());
        if (taken) {
            used.add(directive);
        }
        return taken;
    }

    /// What is wrong with the comments themselves, once all findings were shown to them.
    List<Complaint> complaints(Set<String> off) {
        var complaints = new ArrayList<Complaint>();
        var all = new LinkedHashSet<Directive>();
        ofStatements.forEach(each -> all.add(each.directive()));
        ofLines.forEach(each -> all.add(each.directive()));
        for (var directive : all) {
            complaints.addAll(complaints(directive, off));
        }
        return complaints;
    }

    /// A finding of one of the three rules about comments.
    record Complaint(Rule rule, Found found) {}

    private List<Complaint> complaints(Directive directive, Set<String> off) {
        var known = Rules.names();
        var complaints = new ArrayList<Complaint>();
        for (var name : directive.rules().stream().sorted().toList()) {
            if (!known.contains(name) && !Rules.SQUAWK_ALONE.contains(name)) {
                complaints.add(
                        new Complaint(
                                Rules.UNKNOWN_RULE,
                                Found.of(
                                                "there is no rule \"%s\"".formatted(name),
                                                Nearest.hint(name, known)
                                                        .orElse(
                                                                "the rules are in docs/reference/migrate-lint.md"))
                                        .at(directive.place())));
            }
        }
        if (!directive.valid()) {
            complaints.add(
                    new Complaint(
                            Rules.NO_REASON,
                            Found.of(
                                            directive.rules().isEmpty()
                                                    ? "this comment names no rule, so it ignores nothing"
                                                    : "this comment gives no reason, so it ignores nothing",
                                            "write -- fairlead:ignore RULE: REASON")
                                    .at(directive.place())));
        } else if (!used.contains(directive)
                && complaints.isEmpty()
                && directive.rules().stream().noneMatch(Rules.SQUAWK_ALONE::contains)
                && directive.rules().stream().noneMatch(off::contains)) {
            complaints.add(
                    new Complaint(
                            Rules.UNUSED,
                            Found.of(
                                            "this comment ignores nothing: no such finding is here",
                                            "take it out")
                                    .at(directive.place())));
        }
        return complaints;
    }
}
