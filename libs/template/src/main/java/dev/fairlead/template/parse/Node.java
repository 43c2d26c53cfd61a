package dev.fairlead.template.parse;

import dev.fairlead.template.TemplateFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a parsed template. `position` is where Go's messages say that it is, as an offset into the source.
public sealed interface Node {
    int position();

    /// What stands in the text or controls it.
    sealed interface Statement extends Node {}

    /// What has a value.
    sealed interface Word extends Node {}

    record Text(int position, String text) implements Statement {}

    record Action(int position, Pipe pipe) implements Statement {}

    /// `if` or `with`.
    ///
    /// @param setsDot whether it is `with`
    record Branch(
            int position, boolean setsDot, Pipe pipe, Sequence list, @Nullable Sequence otherwise)
            implements Statement {}

    record Range(int position, Pipe pipe, Sequence list, @Nullable Sequence otherwise)
            implements Statement {}

    /// `template`, and the place of a `block`.
    record Invoke(int position, String name, @Nullable Pipe pipe) implements Statement {}

    record Break(int position) implements Statement {}

    record Continue(int position) implements Statement {}

    record Sequence(int position, List<Statement> statements) implements Node {
        public Sequence {
            statements = List.copyOf(statements);
        }
    }

    /// @param declared the variables that get the value
    /// @param assigns whether they exist already
    record Pipe(int position, List<Variable> declared, boolean assigns, List<Command> commands)
            implements Word {
        public Pipe {
            declared = List.copyOf(declared);
            commands = List.copyOf(commands);
        }
    }

    record Command(int position, List<Word> words) implements Node {
        public Command {
            words = List.copyOf(words);
        }
    }

    /// `.a.b`
    record Field(int position, List<String> names) implements Word {
        public Field {
            names = List.copyOf(names);
        }
    }

    /// `$x.a.b`
    ///
    /// @param name with its `$`
    record Variable(int position, String name, List<String> names) implements Word {
        public Variable {
            names = List.copyOf(names);
        }
    }

    /// `(...).a.b`
    record Chain(int position, Word of, List<String> names) implements Word {
        public Chain {
            names = List.copyOf(names);
        }
    }

    record Identifier(int position, String name, TemplateFunction function) implements Word {}

    record Dot(int position) implements Word {}

    record Nil(int position) implements Word {}

    record Bool(int position, boolean value) implements Word {}

    record Numeric(int position, NumberConstant constant) implements Word {}

    /// @param quoted as in the source
    record Literal(int position, String quoted, String text) implements Word {}
}
