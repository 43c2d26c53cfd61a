package dev.fairlead.template.execute;

import dev.fairlead.template.TemplateCode;
import dev.fairlead.template.TemplateFunction.Kind;
import dev.fairlead.template.format.GoQuote;
import dev.fairlead.template.parse.Node;
import dev.fairlead.template.parse.NumberConstant;
import dev.fairlead.template.parse.SourceText;
import dev.fairlead.template.value.Absent;
import dev.fairlead.template.value.NoValue;
import dev.fairlead.template.value.TypedMap;
import dev.fairlead.template.value.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gives pipelines, commands and words their values.
///
/// Go tells a nil that stands in a map or list from no value at all: null is the first, {@link NoValue} the second.
final class Evaluator {
    /// Nothing comes from the pipeline's stage before.
    enum Nothing {
        NONE
    }

    static final Nothing NONE = Nothing.NONE;

    private final State state;
    private final Functions functions;

    Evaluator(State state, Execution execution) {
        this.state = state;
        this.functions = new Functions(state, this, execution);
    }

    Object pipe(@Nullable Object dot, Node.Pipe pipe) {
        state.step();
        state.at = pipe;
        Object value = NONE;
        var commands = pipe.commands();
        for (int i = 0; i < commands.size(); i++) {
            var result = command(dot, commands.get(i), value);
            value = result == null ? NoValue.NO_VALUE : result;
        }
        var declared = pipe.declared();
        for (int i = 0; i < declared.size(); i++) {
            var name = declared.get(i).name();
            if (pipe.assigns()) {
                assign(name, value, false);
            } else {
                state.variables.push(name, value, false);
            }
        }
        return value;
    }

    void assign(String name, @Nullable Object value, boolean element) {
        state.variables.set(variable(name), value, element);
    }

    private int variable(String name) {
        int found = state.variables.find(name);
        if (found < 0) {
            throw state.failure("undefined variable: " + name);
        }
        return found;
    }

    private @Nullable Object command(@Nullable Object dot, Node.Command command, Object last) {
        var words = command.words();
        var first = words.get(0);
        boolean given = words.size() > 1 || last != NONE;
        return switch (first) {
            case Node.Field field -> field(dot, field, given);
            case Node.Identifier function -> {
                state.at = function;
                yield functions.call(dot, function, new Functions.Arguments(command, words, last));
            }
            case Node.Variable variable -> variable(variable, words, given);
            case Node.Chain chain -> chain(dot, chain, given);
            case Node.Pipe pipe -> {
                notAFunction(first, given);
                yield pipe(dot, pipe);
            }
            case Node.Dot _, Node.Nil _, Node.Bool _, Node.Numeric _, Node.Literal _ -> {
                state.at = first;
                notAFunction(first, given);
                yield constant(dot, first);
            }
        };
    }

    private void notAFunction(Node first, boolean given) {
        if (given) {
            throw state.failure("can't give argument to non-function " + SourceText.of(first));
        }
    }

    private @Nullable Object constant(@Nullable Object dot, Node.Word word) {
        return switch (word) {
            case Node.Dot _ -> dot;
            case Node.Bool bool -> bool.value();
            case Node.Numeric number -> ideal(number.constant());
            case Node.Literal literal -> literal.text();
            case Node.Nil _ -> throw state.failure("nil is not a command");
            case Node.Field _, Node.Identifier _, Node.Variable _, Node.Chain _, Node.Pipe _ ->
                    throw new IllegalStateException("not a constant: " + word);
        };
    }

    private Object ideal(NumberConstant number) {
        var ideal = number.ideal();
        if (ideal == null) {
            throw state.failure(number.text() + " overflows int");
        }
        return ideal;
    }

    private @Nullable Object field(@Nullable Object dot, Node.Field field, boolean given) {
        state.at = field;
        return fields(dot, state.dotIsElement, field, field.names(), given);
    }

    private @Nullable Object variable(
            Node.Variable variable, List<Node.Word> words, boolean given) {
        state.at = variable;
        int index = variable(variable.name());
        var value = state.variables.value(index);
        if (variable.names().isEmpty()) {
            notAFunction(words.get(0), given);
            return value;
        }
        boolean element = state.variables.isElement(index);
        return fields(value, element, variable, variable.names(), given);
    }

    private @Nullable Object chain(@Nullable Object dot, Node.Chain chain, boolean given) {
        state.at = chain;
        if (chain.of() instanceof Node.Nil) {
            throw state.failure("indirection through explicit nil in " + SourceText.of(chain));
        }
        var value = argument(dot, Kind.TESTED, chain.of());
        return fields(value == null ? NoValue.NO_VALUE : value, false, chain, chain.names(), given);
    }

    private @Nullable Object fields(
            @Nullable Object start, boolean element, Node at, List<String> names, boolean given) {
        var receiver = start;
        boolean isElement = element;
        int last = names.size() - 1;
        for (int i = 0; i <= last; i++) {
            var name = names.get(i);
            boolean withArguments = given && i == last;
            if (receiver instanceof Map<?, ?> map) {
                receiver = entry(map, name, at, withArguments);
                isElement = !(map instanceof TypedMap);
            } else {
                receiver = notAMap(receiver, name, at, isElement);
            }
        }
        return receiver;
    }

    private @Nullable Object entry(Map<?, ?> map, String name, Node at, boolean given) {
        state.step();
        if (given) {
            state.at = at;
            throw state.failure(name + " is not a method but has arguments");
        }
        var value = map.get(name);
        if (value != null || map.containsKey(name)) {
            return value;
        }
        return switch (state.program.missingKey()) {
            case STRICT -> new AbsentKey(at, state.tree, name, map);
            case DEFAULT -> NoValue.NO_VALUE;
            case ZERO -> map instanceof TypedMap typed ? typed.element().zero() : null;
            case ERROR -> throw state.failure("map has no entry for key " + GoQuote.quoted(name));
        };
    }

    private Object notAMap(@Nullable Object receiver, String name, Node at, boolean element) {
        if (receiver instanceof Absent) {
            return receiver;
        }
        if (receiver == NoValue.NO_VALUE) {
            return switch (state.program.missingKey()) {
                case STRICT -> new AbsentKey(at, state.tree, name, Map.of());
                case DEFAULT, ZERO -> NoValue.NO_VALUE;
                case ERROR ->
                        throw state.failure("nil data; no entry for key " + GoQuote.quoted(name));
            };
        }
        if (receiver == null) {
            throw state.failure("nil pointer evaluating interface {}." + name);
        }
        var type = element ? "interface {}" : Values.typeName(receiver);
        throw state.failure("can't evaluate field " + name + " in type " + type);
    }

    /// The value of one word as an argument of that kind.
    @Nullable Object argument(@Nullable Object dot, Kind kind, Node.Word word) {
        state.at = word;
        return switch (word) {
            case Node.Dot _ -> checked(dot, kind);
            case Node.Field field -> checked(field(dot, field, false), kind);
            case Node.Variable variable ->
                    checked(variable(variable, List.of(variable), false), kind);
            case Node.Pipe pipe -> checked(pipe(dot, pipe), kind);
            case Node.Identifier function ->
                    checked(
                            functions.call(
                                    dot,
                                    function,
                                    new Functions.Arguments(function, List.of(function), NONE)),
                            kind);
            case Node.Chain chain -> checked(chain(dot, chain, false), kind);
            case Node.Nil _ -> {
                if (!kind.takesNil()) {
                    throw state.failure("cannot assign nil to " + kind.typeName());
                }
                yield kind == Kind.RAW ? NoValue.NO_VALUE : null;
            }
            case Node.Bool _, Node.Numeric _, Node.Literal _ -> literal(kind, word);
        };
    }

    private @Nullable Object literal(Kind kind, Node.Word word) {
        return switch (kind) {
            case ANY, TESTED, RAW -> constant(null, word);
            case STRING -> {
                if (word instanceof Node.Literal literal) {
                    yield literal.text();
                }
                throw state.failure("expected string; found " + SourceText.of(word));
            }
            case BOOL -> {
                if (word instanceof Node.Bool bool) {
                    yield bool.value();
                }
                throw state.failure("expected bool; found " + SourceText.of(word));
            }
            case INT -> {
                if (word instanceof Node.Numeric number && number.constant().integer() != null) {
                    yield number.constant().integer();
                }
                throw state.failure("expected integer; found " + SourceText.of(word));
            }
            case FLOAT -> {
                if (word instanceof Node.Numeric number) {
                    yield number.constant().real();
                }
                throw state.failure("expected float; found " + SourceText.of(word));
            }
            case MAP, LIST ->
                    throw state.failure(
                            "can't handle "
                                    + SourceText.of(word)
                                    + " for arg of type "
                                    + kind.typeName());
        };
    }

    /// Makes sure that a value can be given for a parameter of that kind.
    @Nullable Object checked(@Nullable Object value, Kind kind) {
        if (value instanceof Absent) {
            if (kind == Kind.TESTED) {
                return value;
            }
            throw absent(value);
        }
        if (value == NoValue.NO_VALUE || value == null) {
            return nothing(value, kind);
        }
        boolean fits =
                switch (kind) {
                    case ANY, TESTED, RAW -> Values.isKnown(value);
                    case STRING ->
                            value instanceof String
                                    || value instanceof dev.fairlead.diagnostic.Marked;
                    case INT -> value instanceof Long || value instanceof Integer;
                    case FLOAT -> value instanceof Double;
                    case BOOL -> value instanceof Boolean;
                    case MAP -> value instanceof Map;
                    case LIST -> value instanceof List;
                };
        if (!fits) {
            throw state.failure(
                    "wrong type for value; expected "
                            + kind.typeName()
                            + "; got "
                            + Values.typeName(value));
        }
        return value;
    }

    private @Nullable Object nothing(@Nullable Object value, Kind kind) {
        return switch (kind) {
            case RAW -> value;
            case ANY, TESTED, MAP, LIST -> null;
            case STRING, INT, FLOAT, BOOL -> {
                if (value == NoValue.NO_VALUE) {
                    throw state.failure("invalid value; expected " + kind.typeName());
                }
                throw state.failure(
                        "wrong type for value; expected " + kind.typeName() + "; got interface {}");
            }
        };
    }

    RuntimeException absent(Object value) {
        return value instanceof AbsentKey key
                ? state.absent(key)
                : state.failure(TemplateCode.TEMPLATE_ABSENT_VALUE, "the value is absent");
    }
}
