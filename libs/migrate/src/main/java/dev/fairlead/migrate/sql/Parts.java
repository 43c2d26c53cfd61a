package dev.fairlead.migrate.sql;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// What a text consists of: its statements, and what is wrong with it.
record Parts(List<Statement> statements, List<Problem> problems) {
    static Parts of(Source source) {
        return new Reader(source).read();
    }

    private static final class Reader {
        private final Source source;
        private final String text;
        private final Lexer lexer;
        private final List<Statement> statements = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();

        /// The statements of this line that wait for their rows, which begin on the next one.
        private final List<Integer> copies = new ArrayList<>();

        private Nesting nesting = new Nesting();
        private List<Token> tokens = new ArrayList<>();

        Reader(Source source) {
            this.source = source;
            this.text = source.text();
            this.lexer = new Lexer(source);
        }

        Parts read() {
            try {
                if (text.startsWith("\uFEFF")) {
                    lexer.moveTo(1);
                }
                while (step()) {}
                nesting.open()
                        .ifPresent(open ->
                                problems.add(
                                        Problem.error(
                                                SqlCode.SQL_UNCLOSED,
                                                source.at(open.start()),
                                                open.kind() == Kind.SYMBOL
                                                        ? "this parenthesis is never closed"
                                                        : "this BEGIN ATOMIC has no END")));
                finish();
                rows();
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
            return new Parts(List.copyOf(statements), List.copyOf(problems));
        }

        /// @return false at the end of the text
        private boolean step() {
            lexer.skipBlank(!copies.isEmpty());
            if (lexer.atEnd()) {
                return false;
            }
            char c = lexer.peek();
            if (c == '\n') {
                rows();
            } else if (c == '\\') {
                metaCommand();
            } else {
                var token = lexer.next();
                if (token.kind() == Kind.SYMBOL && token.value().equals(";") && nesting.isTop()) {
                    finish();
                } else {
                    tokens.add(token);
                    nesting.add(token);
                }
            }
            return true;
        }

        private void finish() {
            if (!tokens.isEmpty()) {
                var done = UnicodeEscapes.resolve(source, tokens);
                statements.add(
                        new Statement(source, done.getFirst().start(), done.getLast().end(), done));
                if (CopyRows.wanted(done)) {
                    copies.add(statements.size() - 1);
                }
            }
            tokens = new ArrayList<>();
            nesting = new Nesting();
        }

        /// Reads the rows of the COPY statements of the line that ends here.
        private void rows() {
            if (copies.isEmpty()) {
                return;
            }
            if (!tokens.isEmpty()) {
                throw CopyRows.interrupted(source, tokens.getFirst()).thrown();
            }
            for (int index : copies) {
                var statement = statements.get(index);
                var rows = CopyRows.read(source, lexer.at(), statement);
                var all = new ArrayList<>(statement.tokens());
                all.add(rows);
                statements.set(
                        index, new Statement(source, statement.start(), statement.end(), all));
                lexer.moveTo(Math.max(rows.end(), CopyRows.endOfMark(text, rows.end())));
            }
            copies.clear();
        }

        /// Names the command and goes on after it. One that sends the statement before it ends that statement.
        private void metaCommand() {
            int end = Lexer.lineEnd(text, lexer.at());
            problems.add(MetaCommands.problem(source, lexer.at()));
            var name = MetaCommands.name(text, lexer.at());
            if (MetaCommands.sends(name)) {
                finish();
            }
            lexer.moveTo(name.equals(";") ? lexer.at() + 2 : end);
        }
    }
}
