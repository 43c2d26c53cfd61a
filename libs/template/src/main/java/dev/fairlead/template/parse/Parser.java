package dev.fairlead.template.parse;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.template.FunctionTable;
import dev.fairlead.template.TemplateCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parses one file: its text, control actions and definitions. What stands inside an action is {@link Pipelines}' part.
///
/// An error ends its action, not the file: it is noted, and parsing goes on behind the action.
public final class Parser {
    private static final int DEEPEST = 200;
    private static final int MOST_PROBLEMS = 50;

    private final Source source;
    private final Tokens tokens;
    private final Pipelines pipelines;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Tree> definitions = new ArrayList<>();
    private int rangeDepth;
    private int depth;

    private Parser(Source source, FunctionTable functions) {
        this.source = source;
        this.tokens =
                new Tokens(
                        new Lexer(
                                source.text(),
                                functions.find("break").isEmpty(),
                                functions.find("continue").isEmpty()));
        this.pipelines = new Pipelines(source, tokens, functions, this::report);
    }

    public static ParsedFile parse(Source source, FunctionTable functions) {
        return new Parser(source, functions).file();
    }

    private ParsedFile file() {
        pipelines.enter(source.name());
        var body = new ArrayList<Node.Statement>();
        try {
            while (true) {
                var end = statements(body);
                if (end.is(TokenKind.END_OF_TEXT)) {
                    break;
                }
                report(new ParseFailure(end, "unexpected {{" + end.text() + "}}"));
                endOfAction(end);
            }
        } catch (TooDeep | GivenUp stopped) {
            // What was found is reported; the tree is not used.
        }
        var root = new Node.Sequence(0, body);
        return new ParsedFile(
                new Tree(source.name(), source, Tree.Kind.FILE, 0, root),
                definitions,
                pipelines.references(),
                problems);
    }

    private void report(ParseFailure failure) {
        problems.add(
                Problem.error(failure.code(), source.at(failure.token().start()), failure.words())
                        .withHint(failure.hint()));
        if (problems.size() >= MOST_PROBLEMS) {
            throw new GivenUp();
        }
    }

    /// Reads statements up to `end`, `else` or the end of the text, which it returns; the rest of that action is left.
    private Token statements(List<Node.Statement> into) {
        while (true) {
            var token = tokens.next();
            switch (token.kind()) {
                case TEXT -> into.add(new Node.Text(token.start(), token.text()));
                case LEFT_DELIMITER -> {
                    var end = action(token, into);
                    if (end != null) {
                        return end;
                    }
                }
                case END_OF_TEXT -> {
                    return token;
                }
                default -> failAction(pipelines.unexpected(token, "input"));
            }
        }
    }

    private void failAction(ParseFailure failure) {
        report(failure);
        tokens.skipAction();
    }

    private @Nullable Token action(Token delimiter, List<Node.Statement> into) {
        pipelines.startAction(delimiter);
        var token = tokens.nextNonSpace();
        switch (token.kind()) {
            case ELSE, END -> {
                return token;
            }
            case DEFINE -> {
                pipelines.endAction();
                define(delimiter, token);
            }
            case BLOCK -> into.add(block());
            case BREAK -> jump(token, into, new Node.Break(token.start()));
            case CONTINUE -> jump(token, into, new Node.Continue(token.start()));
            case IF -> into.add(branch(false));
            case WITH -> into.add(branch(true));
            case RANGE -> into.add(range());
            case TEMPLATE -> invoke(into);
            default -> {
                tokens.back();
                int position = tokens.peek().start();
                into.add(new Node.Action(position, header("command")));
            }
        }
        pipelines.endAction();
        return null;
    }

    /// A pipeline up to the end of its action; after an error an empty one.
    private Node.Pipe header(String context) {
        try {
            return pipelines.pipeline(context, TokenKind.RIGHT_DELIMITER);
        } catch (ParseFailure failure) {
            failAction(failure);
            return new Node.Pipe(0, List.of(), false, List.of());
        }
    }

    private void expectEndOfAction(String context) {
        var token = tokens.nextNonSpace();
        if (!token.is(TokenKind.RIGHT_DELIMITER)) {
            failAction(pipelines.unexpected(token, context));
        }
        pipelines.endAction();
    }

    private void endOfAction(Token keyword) {
        var next = tokens.peekNonSpace();
        if (keyword.is(TokenKind.ELSE) && (next.is(TokenKind.IF) || next.is(TokenKind.WITH))) {
            tokens.skipAction();
        } else {
            expectEndOfAction(keyword.text());
        }
    }

    private void jump(Token word, List<Node.Statement> into, Node.Statement node) {
        var token = tokens.nextNonSpace();
        if (!token.is(TokenKind.RIGHT_DELIMITER)) {
            failAction(pipelines.unexpected(token, "{{" + word.text() + "}}"));
        } else if (rangeDepth == 0) {
            report(new ParseFailure(token, "{{" + word.text() + "}} outside {{range}}"));
        } else {
            into.add(node);
        }
    }

    private void enter() {
        if (++depth > DEEPEST) {
            var failure = new ParseFailure(tokens.newest(), "max nesting depth exceeded");
            report(failure.as(TemplateCode.TEMPLATE_LIMIT_DEPTH));
            throw new TooDeep();
        }
    }

    private Node.Statement branch(boolean setsDot) {
        int scope = pipelines.openScope();
        enter();
        var pipe = header(setsDot ? "with" : "if");
        var list = new ArrayList<Node.Statement>();
        int start = tokens.peek().start();
        var end = statements(list);
        var otherwise =
                end.is(TokenKind.ELSE) ? elseOf(setsDot ? TokenKind.WITH : TokenKind.IF) : null;
        if (otherwise == null) {
            close(end);
        }
        depth--;
        pipelines.closeScope(scope);
        return new Node.Branch(
                pipe.position(), setsDot, pipe, new Node.Sequence(start, list), otherwise);
    }

    private Node.Statement range() {
        int scope = pipelines.openScope();
        enter();
        var pipe = header("range");
        rangeDepth++;
        var list = new ArrayList<Node.Statement>();
        int start = tokens.peek().start();
        var end = statements(list);
        rangeDepth--;
        var otherwise = end.is(TokenKind.ELSE) ? elseOf(TokenKind.END_OF_TEXT) : null;
        if (otherwise == null) {
            close(end);
        }
        depth--;
        pipelines.closeScope(scope);
        return new Node.Range(pipe.position(), pipe, new Node.Sequence(start, list), otherwise);
    }

    /// What stands behind an `else`, and the `end` of it. `else if` is an `if` of its own that shares the `end`.
    private Node.Sequence elseOf(TokenKind chained) {
        var next = tokens.peekNonSpace();
        if (next.is(chained)) {
            pipelines.endAction();
            tokens.nextNonSpace();
            return new Node.Sequence(next.start(), List.of(branch(chained == TokenKind.WITH)));
        }
        if (next.is(TokenKind.IF) || next.is(TokenKind.WITH)) {
            failAction(new ParseFailure(next, "unexpected " + next.shown() + " in input"));
        } else {
            expectEndOfAction("else");
        }
        var list = new ArrayList<Node.Statement>();
        var end = statements(list);
        while (end.is(TokenKind.ELSE)) {
            report(new ParseFailure(end, "expected end; found {{else}}"));
            endOfAction(end);
            end = statements(list);
        }
        close(end);
        return new Node.Sequence(next.start(), list);
    }

    private void close(Token end) {
        if (end.is(TokenKind.END_OF_TEXT)) {
            report(new ParseFailure(end, "unexpected EOF"));
            throw new GivenUp();
        }
        expectEndOfAction("end");
    }

    private void invoke(List<Node.Statement> into) {
        var token = tokens.nextNonSpace();
        try {
            var name = pipelines.templateName(token, "template clause");
            Node.Pipe pipe = null;
            if (!tokens.nextNonSpace().is(TokenKind.RIGHT_DELIMITER)) {
                tokens.back();
                pipe = pipelines.pipeline("template clause", TokenKind.RIGHT_DELIMITER);
            }
            var node = new Node.Invoke(token.start(), name, pipe);
            pipelines.refer(name, node);
            into.add(node);
        } catch (ParseFailure failure) {
            failAction(failure);
        }
    }

    private void define(Token delimiter, Token word) {
        if (depth > 0) {
            report(pipelines.unexpected(word, "command"));
        }
        var token = tokens.nextNonSpace();
        var name = "";
        try {
            name = pipelines.templateName(token, "define clause");
            expectEndOfAction("define clause");
        } catch (ParseFailure failure) {
            failAction(failure);
        }
        definition(name, Tree.Kind.DEFINE, delimiter.start());
    }

    private Node.Statement block() {
        var token = tokens.nextNonSpace();
        var name = "";
        var pipe = new Node.Pipe(0, List.of(), false, List.of());
        try {
            name = pipelines.templateName(token, "block clause");
            pipe = pipelines.pipeline("block clause", TokenKind.RIGHT_DELIMITER);
        } catch (ParseFailure failure) {
            failAction(failure);
        }
        definition(name, Tree.Kind.BLOCK, token.start());
        return new Node.Invoke(token.start(), name, pipe);
    }

    /// The body of a definition: it has variables of its own, and loops outside do not reach into it.
    private void definition(String name, Tree.Kind kind, int position) {
        enter();
        var outer = pipelines.enter(name);
        int outerRange = rangeDepth;
        rangeDepth = 0;
        var list = new ArrayList<Node.Statement>();
        int start = tokens.peek().start();
        var end = statements(list);
        while (end.is(TokenKind.ELSE)) {
            var context = kind == Tree.Kind.DEFINE ? "define clause" : "block clause";
            report(new ParseFailure(end, "unexpected {{else}} in " + context));
            endOfAction(end);
            end = statements(list);
        }
        // Even one without an end is known, so that its calls are no further problems.
        definitions.add(new Tree(name, source, kind, position, new Node.Sequence(start, list)));
        close(end);
        rangeDepth = outerRange;
        pipelines.leave(outer);
        depth--;
    }

    /// Ends parsing where nesting is too deep to go on.
    private static final class TooDeep extends RuntimeException {
        TooDeep() {
            super(null, null, false, false);
        }
    }

    /// Ends parsing where more problems would help nobody.
    private static final class GivenUp extends RuntimeException {
        GivenUp() {
            super(null, null, false, false);
        }
    }
}
