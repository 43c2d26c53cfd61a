package dev.fairlead.template.parse;

import dev.fairlead.template.format.GoQuote;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A tree as template source again, in Go's canonical form; Go's messages show nodes like this.
public final class SourceText {
    private final StringBuilder out = new StringBuilder();

    private SourceText() {}

    public static String of(Node node) {
        var text = new SourceText();
        switch (node) {
            case Node.Statement statement -> text.statement(statement);
            case Node.Word word -> text.word(word, false);
            case Node.Command command -> text.command(command);
            case Node.Sequence sequence -> text.sequence(sequence);
        }
        return text.out.toString();
    }

    /// A whole file: its definitions, then its body.
    public static String of(ParsedFile file) {
        var text = new StringBuilder();
        for (var tree : file.definitions()) {
            if (tree.kind() == Tree.Kind.DEFINE) {
                text.append("{{define ").append(GoQuote.quoted(tree.name())).append("}}");
                text.append(of(tree.root())).append("{{end}}");
            }
        }
        return text.append(of(file.body().root())).toString();
    }

    private void sequence(Node.Sequence sequence) {
        sequence.statements().forEach(this::statement);
    }

    private void statement(Node.Statement statement) {
        switch (statement) {
            case Node.Text text -> out.append(text.text());
            case Node.Action action -> {
                out.append("{{");
                pipe(action.pipe());
                out.append("}}");
            }
            case Node.Branch branch ->
                    control(
                            branch.setsDot() ? "with" : "if",
                            branch.pipe(),
                            branch.list(),
                            branch.otherwise());
            case Node.Range range ->
                    control("range", range.pipe(), range.list(), range.otherwise());
            case Node.Invoke invoke -> {
                out.append("{{template ").append(GoQuote.quoted(invoke.name()));
                if (invoke.pipe() != null) {
                    out.append(' ');
                    pipe(invoke.pipe());
                }
                out.append("}}");
            }
            case Node.Break _ -> out.append("{{break}}");
            case Node.Continue _ -> out.append("{{continue}}");
        }
    }

    private void control(
            String word, Node.Pipe pipe, Node.Sequence list, Node.@Nullable Sequence otherwise) {
        out.append("{{").append(word).append(' ');
        pipe(pipe);
        out.append("}}");
        sequence(list);
        if (otherwise != null) {
            out.append("{{else}}");
            sequence(otherwise);
        }
        out.append("{{end}}");
    }

    private void pipe(Node.Pipe pipe) {
        for (int i = 0; i < pipe.declared().size(); i++) {
            out.append(i > 0 ? ", " : "");
            word(pipe.declared().get(i), false);
        }
        if (!pipe.declared().isEmpty()) {
            out.append(pipe.assigns() ? " = " : " := ");
        }
        for (int i = 0; i < pipe.commands().size(); i++) {
            out.append(i > 0 ? " | " : "");
            command(pipe.commands().get(i));
        }
    }

    private void command(Node.Command command) {
        for (int i = 0; i < command.words().size(); i++) {
            out.append(i > 0 ? " " : "");
            word(command.words().get(i), true);
        }
    }

    private void word(Node.Word word, boolean inCommand) {
        switch (word) {
            case Node.Pipe pipe -> {
                out.append(inCommand ? "(" : "");
                pipe(pipe);
                out.append(inCommand ? ")" : "");
            }
            case Node.Field field -> names(field.names());
            case Node.Variable variable -> {
                out.append(variable.name());
                names(variable.names());
            }
            case Node.Chain chain -> {
                word(chain.of(), true);
                names(chain.names());
            }
            case Node.Identifier identifier -> out.append(identifier.name());
            case Node.Dot _ -> out.append('.');
            case Node.Nil _ -> out.append("nil");
            case Node.Bool bool -> out.append(bool.value());
            case Node.Numeric number -> out.append(number.constant().text());
            case Node.Literal literal -> out.append(literal.quoted());
        }
    }

    private void names(List<String> names) {
        names.forEach(name -> out.append('.').append(name));
    }
}
