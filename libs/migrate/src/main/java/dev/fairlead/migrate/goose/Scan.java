package dev.fairlead.migrate.goose;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.goose.GooseParser.Direction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One pass over a file, line by line, for one direction.
final class Scan {
    /// Where in the file a line stands. goose prints the numbers in its errors.
    private enum State {
        START(0),
        UP(1),
        BEGIN_UP(2),
        END_UP(3),
        DOWN(4),
        BEGIN_DOWN(5),
        END_DOWN(6);

        private final int number;

        State(int number) {
            this.number = number;
        }

        boolean isBegin() {
            return this == BEGIN_UP || this == BEGIN_DOWN;
        }

        boolean isEnd() {
            return this == END_UP || this == END_DOWN;
        }

        boolean isUp() {
            return this == UP || this == BEGIN_UP || this == END_UP;
        }

        Direction direction() {
            return isUp() ? Direction.UP : Direction.DOWN;
        }

        State begun() {
            return isUp() ? BEGIN_UP : BEGIN_DOWN;
        }

        State ended() {
            return isUp() ? END_UP : END_DOWN;
        }

        State outside() {
            return isUp() ? UP : DOWN;
        }
    }

    private static final String SEE = ", see https://github.com/pressly/goose#sql-migrations";
    private static final int LONGEST_LINE = 4 * 1024 * 1024 - 1;

    private final Source source;
    private final Direction direction;
    private final Map<String, String> env;
    private final List<GooseStatement> statements = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    private final StringBuilder buffer = new StringBuilder();
    private State state = State.START;
    private boolean transactional = true;
    private boolean substitutes;

    /// The offset of the line being read, and of the first line in the buffer.
    private int at;

    private int bufferAt;

    Scan(Source source, Direction direction, Map<String, String> env) {
        this.source = source;
        this.direction = direction;
        this.env = env;
    }

    GooseParser.Parsed run() {
        var text = source.text();
        while (at < text.length()) {
            int feed = text.indexOf('\n', at);
            int end = feed < 0 ? text.length() : feed;
            line(text.substring(at, end));
            at = end + 1;
        }
        finish();
        return new GooseParser.Parsed(statements, transactional, warnings);
    }

    private void line(String raw) {
        refuseTooLong(raw);
        if (state == State.START && GoText.trim(raw).isEmpty()) {
            return;
        }
        if (Annotation.isOne(raw) && annotation(raw) != Annotation.STATEMENT_END) {
            return;
        }
        // Comments and empty lines before a statement are left out, inside of it they belong to it.
        // A StatementEnd with
        // nothing before it is such a comment, too: the next line then takes its part, and is lost.
        if (buffer.isEmpty() && (raw.isEmpty() || GoText.trim(raw).startsWith("--"))) {
            return;
        }
        var line = raw;
        if (!state.isEnd()) {
            line = substitutes ? substituted(raw) : raw;
            append(line);
        }
        if (state == State.START) {
            throw problem(
                            GooseCode.GOOSE_ORDER,
                            "failed to parse migration: unexpected state 0 on line "
                                    + GoText.quoted(line)
                                    + SEE)
                    .withHint(
                            raw.startsWith("\uFEFF")
                                    ? "the file begins with a byte order mark: save it as UTF-8 without one"
                                    : "begin the file with -- +goose Up")
                    .thrown();
        }
        if (state.direction() != direction) {
            buffer.setLength(0);
        } else if (state.isEnd()) {
            warnOfLostLine(raw);
            store();
            state = state.outside();
        } else if (!state.isBegin() && endsWithSemicolon(line)) {
            store();
        }
    }

    private void append(String line) {
        if (buffer.isEmpty()) {
            bufferAt = at;
        }
        buffer.append(line).append('\n');
    }

    private void store() {
        var text = buffer.toString();
        int start = buffer.isEmpty() ? at : bufferAt + GoText.indent(text);
        statements.add(new GooseStatement(GoText.trim(text), source.at(start), start));
        buffer.setLength(0);
    }

    private void warnOfLostLine(String raw) {
        if (buffer.isEmpty()) {
            warnings.add(
                    problem(
                                    GooseCode.GOOSE_LOST_LINE,
                                    "goose drops this line: "
                                            + GoText.quoted(GoText.trim(raw))
                                            + " follows an empty StatementBegin and StatementEnd")
                            .asWarning());
        }
    }

    private void refuseTooLong(String raw) {
        boolean tooLong =
                raw.length() > LONGEST_LINE / 3
                        && raw.getBytes(StandardCharsets.UTF_8).length > LONGEST_LINE;
        if (tooLong) {
            throw problem(
                            GooseCode.GOOSE_LINE_TOO_LONG,
                            "failed to scan migration: bufio.Scanner: token too long")
                    .thrown();
        }
    }

    private Annotation annotation(String raw) {
        Annotation annotation;
        try {
            annotation = Annotation.of(raw);
        } catch (Annotation.Refused e) {
            throw problem(
                            GooseCode.GOOSE_ANNOTATION,
                            "failed to parse annotation line "
                                    + GoText.quoted(raw)
                                    + ": "
                                    + e.what())
                    .withHint(e.hint())
                    .thrown();
        }
        switch (annotation) {
            case UP -> up();
            case DOWN -> down();
            case STATEMENT_BEGIN -> begin();
            case STATEMENT_END -> end();
            case NO_TRANSACTION -> transactional = false;
            case ENVSUB_ON -> substitutes = true;
            case ENVSUB_OFF -> substitutes = false;
        }
        return annotation;
    }

    private void up() {
        if (state != State.START) {
            throw misplaced(
                    "duplicate '-- +goose Up' annotations; stateMachine=" + state.number + SEE,
                    "a file has one Up; make a second file of the rest");
        }
        state = State.UP;
    }

    private void down() {
        if (state != State.UP && state != State.END_UP) {
            throw misplaced(
                    "must start with '-- +goose Up' annotation, stateMachine=" + state.number + SEE,
                    state == State.START
                            ? "put -- +goose Up before -- +goose Down"
                            : state.isBegin()
                                    ? "put -- +goose StatementEnd before -- +goose Down"
                                    : "a file has one Down; make a second file of the rest");
        }
        refuseUnfinished();
        state = State.DOWN;
    }

    private void begin() {
        if (state == State.START || state.isBegin()) {
            throw misplaced(
                    "'-- +goose StatementBegin' must be defined after '-- +goose Up' or '-- +goose Down' annotation, stateMachine="
                            + state.number
                            + SEE,
                    state == State.START
                            ? "begin the file with -- +goose Up"
                            : "end the statement before with -- +goose StatementEnd");
        }
        state = state.begun();
    }

    private void end() {
        if (!state.isBegin()) {
            throw misplaced(
                    "'-- +goose StatementEnd' must be defined after '-- +goose StatementBegin'"
                            + SEE,
                    "put -- +goose StatementBegin before the statement");
        }
        state = state.ended();
    }

    private void finish() {
        at = Math.min(at, source.text().length());
        if (state == State.START) {
            throw misplaced(
                    "failed to parse migration: must start with '-- +goose Up' annotation" + SEE,
                    "begin the file with -- +goose Up");
        }
        if (state.isBegin()) {
            throw problem(
                            GooseCode.GOOSE_UNFINISHED,
                            "failed to parse migration: missing '-- +goose StatementEnd' annotation")
                    .withHint("put -- +goose StatementEnd on a line below the statement")
                    .thrown();
        }
        refuseUnfinished();
    }

    private void refuseUnfinished() {
        var rest = GoText.trim(buffer.toString());
        if (!rest.isEmpty()) {
            at = Math.min(bufferAt + GoText.indent(buffer.toString()), source.text().length());
            throw problem(
                            GooseCode.GOOSE_UNFINISHED,
                            "failed to parse migration: state %d, direction: %s: unexpected unfinished SQL query: %s: missing semicolon?"
                                    .formatted(state.number, direction, GoText.quoted(rest)))
                    .thrown();
        }
    }

    private String substituted(String raw) {
        try {
            return Interpolation.expand(raw, env);
        } catch (Interpolation.Failure e) {
            throw problem(
                            GooseCode.GOOSE_SUBSTITUTION,
                            "variable substitution failed: " + e.what() + ":\n" + raw)
                    .thrown();
        }
    }

    /// Whether the last word of the line before a comment ends in a semicolon.
    private static boolean endsWithSemicolon(String line) {
        boolean semicolon = false;
        int i = 0;
        while (i < line.length()) {
            if (GoText.isSpace(line.charAt(i))) {
                i++;
                continue;
            }
            if (line.startsWith("--", i)) {
                break;
            }
            while (i < line.length() && !GoText.isSpace(line.charAt(i))) {
                i++;
            }
            semicolon = line.charAt(i - 1) == ';';
        }
        return semicolon;
    }

    private ProblemException misplaced(String what, String hint) {
        return problem(GooseCode.GOOSE_ORDER, what).withHint(hint).thrown();
    }

    private Problem problem(GooseCode code, String what) {
        return Problem.error(code, source.at(at), what);
    }
}
