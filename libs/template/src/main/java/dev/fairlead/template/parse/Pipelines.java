package dev.fairlead.template.parse;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.template.FunctionTable;
import dev.fairlead.template.TemplateCode;
import dev.fairlead.template.TemplateFunction;
import dev.fairlead.template.format.GoQuote;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Parses what stands inside an action: declarations, pipelines, commands, operands.
final class Pipelines {
    private static final int DEEPEST_PARENS = 200;

    private final Source source;
    private final Tokens tokens;
    private final FunctionTable functions;
    private final Consumer<ParseFailure> problems;
    private final List<ParsedFile.Reference> references = new ArrayList<>();
    private Scope scope = new Scope("", new ArrayList<>());
    private @Nullable Token actionStart;
    private int parens;

    Pipelines(
            Source source,
            Tokens tokens,
            FunctionTable functions,
            Consumer<ParseFailure> problems) {
        this.source = source;
        this.tokens = tokens;
        this.functions = functions;
        this.problems = problems;
    }

    /// The template that is being parsed and the variables in sight.
    record Scope(String template, List<String> variables) {}

    /// Begins a template; returns what {@link #leave} takes back.
    Scope enter(String template) {
        var outer = scope;
        scope = new Scope(template, new ArrayList<>(List.of("$")));
        return outer;
    }

    void leave(Scope outer) {
        scope = outer;
    }

    int openScope() {
        return scope.variables().size();
    }

    void closeScope(int size) {
        var variables = scope.variables();
        variables.subList(size, variables.size()).clear();
    }

    void startAction(Token delimiter) {
        actionStart = delimiter;
        parens = 0;
    }

    /// What follows is text again; an error in it belongs to no action.
    void endAction() {
        actionStart = null;
    }

    List<ParsedFile.Reference> references() {
        return references;
    }

    void refer(String name, Node node) {
        references.add(
                new ParsedFile.Reference(
                        name, source.at(node.position()), SourceText.of(node), scope.template()));
    }

    ParseFailure unexpected(Token token, String context) {
        if (!token.is(TokenKind.ERROR)) {
            return new ParseFailure(token, "unexpected " + token.shown() + " in " + context);
        }
        return new ParseFailure(token, token.text() + whereItStarted(token));
    }

    /// Where the action began that an error of several lines is in.
    private String whereItStarted(Token token) {
        if (actionStart == null) {
            return "";
        }
        int line = source.at(actionStart.start()).line();
        if (line == source.at(token.start()).line()) {
            return "";
        }
        var word = token.text().endsWith(" action") ? "" : " in action";
        return word + " started at " + source.name() + ":" + line;
    }

    private ParseFailure failure(String words) {
        return new ParseFailure(tokens.newest(), words);
    }

    String templateName(Token token, String context) throws ParseFailure {
        if (!token.is(TokenKind.STRING) && !token.is(TokenKind.RAW_STRING)) {
            throw unexpected(token, context);
        }
        return unquoted(token);
    }

    private static String unquoted(Token token) throws ParseFailure {
        try {
            return Unquote.string(token.text());
        } catch (NumberConstant.Malformed malformed) {
            throw new ParseFailure(token, String.valueOf(malformed.getMessage()));
        }
    }

    Node.Pipe pipeline(String context, TokenKind end) throws ParseFailure {
        int position = tokens.peekNonSpace().start();
        var declared = new ArrayList<Node.Variable>(0);
        boolean assigns = declarations(context, declared);
        var commands = new ArrayList<Node.Command>(2);
        while (true) {
            var token = tokens.nextNonSpace();
            if (token.is(end)) {
                check(commands, context);
                return new Node.Pipe(position, declared, assigns, commands);
            }
            switch (token.kind()) {
                case BOOL,
                        CHAR_CONSTANT,
                        DOT,
                        FIELD,
                        IDENTIFIER,
                        NUMBER,
                        NIL,
                        RAW_STRING,
                        STRING,
                        VARIABLE,
                        LEFT_PAREN -> {
                    tokens.back();
                    commands.add(command());
                }
                default -> throw unexpected(token, context);
            }
        }
    }

    private void check(List<Node.Command> commands, String context) throws ParseFailure {
        if (commands.isEmpty()) {
            throw failure("missing value for " + context);
        }
        for (int i = 1; i < commands.size(); i++) {
            switch (commands.get(i).words().getFirst()) {
                case Node.Bool _, Node.Dot _, Node.Nil _, Node.Numeric _, Node.Literal _ ->
                        throw failure("non executable command in pipeline stage " + (i + 1));
                default -> {
                    // something that can be given an argument
                }
            }
        }
    }

    /// The variables before `:=` or `=`; whether it is `=`.
    private boolean declarations(String context, List<Node.Variable> declared) throws ParseFailure {
        while (tokens.peekNonSpace().is(TokenKind.VARIABLE)) {
            var variable = tokens.nextNonSpace();
            // A space is a token: in `$x foo` three are read before it is clear that nothing is
            // declared.
            var after = tokens.peek();
            var next = tokens.peekNonSpace();
            if (next.is(TokenKind.ASSIGN) || next.is(TokenKind.DECLARE)) {
                tokens.nextNonSpace();
                declare(variable, declared);
                return next.is(TokenKind.ASSIGN);
            }
            if (next.is(TokenKind.CHAR) && next.text().equals(",")) {
                tokens.nextNonSpace();
                declare(variable, declared);
                if (!context.equals("range") || declared.size() >= 2) {
                    throw failure("too many declarations in " + context);
                }
                switch (tokens.peekNonSpace().kind()) {
                    case VARIABLE, RIGHT_DELIMITER, RIGHT_PAREN -> {
                        continue;
                    }
                    default -> throw failure("range can only initialize variables");
                }
            }
            if (after.is(TokenKind.SPACE)) {
                tokens.back(variable, after);
            } else {
                tokens.back(variable);
            }
            return false;
        }
        return false;
    }

    private void declare(Token variable, List<Node.Variable> declared) {
        declared.add(new Node.Variable(variable.start(), variable.text().intern(), List.of()));
        scope.variables().add(variable.text());
    }

    private Node.Command command() throws ParseFailure {
        int position = tokens.peekNonSpace().start();
        var words = new ArrayList<Node.Word>(3);
        while (true) {
            tokens.peekNonSpace();
            var operand = operand();
            if (operand != null) {
                words.add(operand);
            }
            var token = tokens.next();
            if (token.is(TokenKind.SPACE)) {
                continue;
            }
            if (token.is(TokenKind.RIGHT_DELIMITER) || token.is(TokenKind.RIGHT_PAREN)) {
                tokens.back();
            } else if (!token.is(TokenKind.PIPE)) {
                throw unexpected(token, "operand");
            }
            break;
        }
        if (words.isEmpty()) {
            throw failure("empty command");
        }
        var command = new Node.Command(position, words);
        noteInclude(command);
        return command;
    }

    private void noteInclude(Node.Command command) {
        if (command.words().size() > 1
                && command.words().get(0) instanceof Node.Identifier function
                && function.name().equals("include")
                && command.words().get(1) instanceof Node.Literal name) {
            refer(name.text(), command);
        }
    }

    private Node.@Nullable Word operand() throws ParseFailure {
        var node = term();
        if (node == null || !tokens.peek().is(TokenKind.FIELD)) {
            return node;
        }
        int position = tokens.peek().start();
        var names = new ArrayList<String>(2);
        while (tokens.peek().is(TokenKind.FIELD)) {
            names.add(tokens.next().text().substring(1));
        }
        return switch (node) {
            case Node.Field field -> {
                names.addAll(0, field.names());
                yield new Node.Field(position, names);
            }
            case Node.Variable variable -> new Node.Variable(position, variable.name(), names);
            case Node.Bool _, Node.Literal _, Node.Numeric _, Node.Nil _, Node.Dot _ ->
                    throw failure("unexpected . after term " + GoQuote.quoted(SourceText.of(node)));
            case Node.Pipe _, Node.Chain _, Node.Identifier _ ->
                    new Node.Chain(position, node, names);
        };
    }

    private Node.@Nullable Word term() throws ParseFailure {
        var token = tokens.nextNonSpace();
        return switch (token.kind()) {
            case IDENTIFIER -> identifier(token);
            case DOT -> new Node.Dot(token.start());
            case NIL -> new Node.Nil(token.start());
            case VARIABLE -> variable(token);
            case FIELD -> new Node.Field(token.start(), List.of(token.text().substring(1)));
            case BOOL -> new Node.Bool(token.start(), token.text().equals("true"));
            case CHAR_CONSTANT, NUMBER -> number(token);
            case LEFT_PAREN -> parenthesized();
            case STRING, RAW_STRING -> literal(token);
            default -> {
                tokens.back();
                yield null;
            }
        };
    }

    private static Node.Word literal(Token token) throws ParseFailure {
        var value = unquoted(token);
        return new Node.Literal(token.start(), token.text(), value);
    }

    private Node.Word parenthesized() throws ParseFailure {
        if (++parens > DEEPEST_PARENS) {
            throw failure("max expression depth exceeded").as(TemplateCode.TEMPLATE_LIMIT_DEPTH);
        }
        var pipe = pipeline("parenthesized pipeline", TokenKind.RIGHT_PAREN);
        parens--;
        return pipe;
    }

    private static Node.Word number(Token token) throws ParseFailure {
        try {
            var constant =
                    token.is(TokenKind.NUMBER)
                            ? NumberConstant.of(token.text())
                            : NumberConstant.ofCharacter(token.text());
            return new Node.Numeric(token.start(), constant);
        } catch (NumberConstant.Malformed malformed) {
            throw new ParseFailure(token, String.valueOf(malformed.getMessage()));
        }
    }

    /// An unknown name does not end the action: the rest of it may have problems of its own.
    private Node.Word identifier(Token token) {
        var name = token.text();
        var function = functions.find(name);
        if (function.isPresent()) {
            return new Node.Identifier(token.start(), name, function.get());
        }
        problems.accept(
                new ParseFailure(token, "function " + GoQuote.quoted(name) + " not defined")
                        .as(TemplateCode.TEMPLATE_UNKNOWN_FUNCTION)
                        .withHint(Nearest.hint(name, functions.names())));
        return new Node.Identifier(token.start(), name, NO_FUNCTION);
    }

    private static final TemplateFunction NO_FUNCTION =
            TemplateFunction.of(TemplateFunction.Parameters.of(), _ -> null);

    private Node.Word variable(Token token) {
        if (!scope.variables().contains(token.text())) {
            problems.accept(
                    new ParseFailure(token, "undefined variable " + GoQuote.quoted(token.text()))
                            .withHint(Nearest.hint(token.text(), scope.variables())));
        }
        return new Node.Variable(token.start(), token.text().intern(), List.of());
    }
}
