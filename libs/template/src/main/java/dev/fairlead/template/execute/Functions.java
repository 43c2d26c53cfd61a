package dev.fairlead.template.execute;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.template.TemplateFunction;
import dev.fairlead.template.TemplateFunction.Kind;
import dev.fairlead.template.function.Special;
import dev.fairlead.template.parse.Node;
import dev.fairlead.template.parse.SourceText;
import dev.fairlead.template.value.Absent;
import dev.fairlead.template.value.Basic;
import dev.fairlead.template.value.NoValue;
import dev.fairlead.template.value.Values;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Calls functions: counts and checks the arguments, and keeps secrets marked in what comes back.
final class Functions {
    private final State state;
    private final Evaluator evaluator;
    private final Execution execution;

    Functions(State state, Evaluator evaluator, Execution execution) {
        this.state = state;
        this.evaluator = evaluator;
        this.execution = execution;
    }

    /// What a call is given.
    ///
    /// @param shown the node that Go's messages show
    /// @param words the name and the arguments
    /// @param last what comes from the pipeline, or {@link Evaluator#NONE}
    record Arguments(Node shown, List<Node.Word> words, Object last) {
        int written() {
            return words.size() - 1;
        }

        boolean hasLast() {
            return last != Evaluator.NONE;
        }

        int count() {
            return written() + (hasLast() ? 1 : 0);
        }
    }

    @Nullable Object call(@Nullable Object dot, Node.Identifier word, Arguments given) {
        state.step();
        var function = word.function();
        var parameters = function.parameters();
        checkCount(word.name(), parameters, given);
        if (function == Special.AND || function == Special.OR) {
            return logic(dot, function == Special.OR, given);
        }
        var values = new @Nullable Object[given.count()];
        for (int i = 0; i < given.written(); i++) {
            values[i] = evaluator.argument(dot, parameters.kind(i), given.words().get(i + 1));
        }
        if (given.hasLast()) {
            int last = values.length - 1;
            values[last] = evaluator.checked(given.last(), parameters.kind(last));
        }
        if (function == Special.CALL) {
            return callValue(word.name(), given, values);
        }
        return run(function, word.name(), given.shown(), values);
    }

    private void checkCount(String name, TemplateFunction.Parameters parameters, Arguments given) {
        int fixed = parameters.fixed().size();
        int count = given.count();
        if (parameters.rest().isPresent()) {
            if (count < fixed) {
                throw state.failure(
                        "wrong number of args for %s: want at least %d got %d"
                                .formatted(name, fixed, given.written()));
            }
        } else if (count != fixed) {
            throw state.failure(
                    "wrong number of args for %s: want %d got %d".formatted(name, fixed, count));
        }
    }

    /// `and` and `or` evaluate no more than they need.
    private @Nullable Object logic(@Nullable Object dot, boolean until, Arguments given) {
        Object value = NoValue.NO_VALUE;
        for (int i = 0; i < given.written(); i++) {
            var found = evaluator.argument(dot, Kind.TESTED, given.words().get(i + 1));
            value = found == null ? NoValue.NO_VALUE : found;
            if (Values.truth(value) == until) {
                return value;
            }
        }
        return given.hasLast() ? evaluator.checked(given.last(), Kind.TESTED) : value;
    }

    private @Nullable Object callValue(String name, Arguments given, @Nullable Object[] values) {
        var shown =
                given.written() > 0
                        ? SourceText.of(given.words().get(1))
                        : shownValue(given.last());
        state.at = given.shown();
        var target = values[0];
        if (Values.isNothing(target)) {
            throw state.failure("error calling " + name + ": call of nil");
        }
        if (!(target instanceof TemplateFunction function)) {
            throw state.failure(
                    "error calling %s: non-function %s of type %s"
                            .formatted(name, shown, Values.typeName(target)));
        }
        var parameters = function.parameters();
        int fixed = parameters.fixed().size();
        int count = values.length - 1;
        if (parameters.rest().isPresent() ? count < fixed : count != fixed) {
            var want = parameters.rest().isPresent() ? "want at least" : "want";
            throw state.failure(
                    "error calling %s: wrong number of args for %s: got %d %s %d"
                            .formatted(name, shown, count, want, fixed));
        }
        var rest = Arrays.copyOfRange(values, 1, values.length);
        for (int i = 0; i < rest.length; i++) {
            rest[i] = evaluator.checked(rest[i], parameters.kind(i));
        }
        return run(function, name, given.shown(), rest);
    }

    /// Replaces absent arguments by null; returns the first of them, or null.
    private static @Nullable Object withoutAbsent(@Nullable Object[] values) {
        Object first = null;
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Absent) {
                first = first == null ? values[i] : first;
                values[i] = null;
            }
        }
        return first;
    }

    /// A value as Go's reflect.Value.String shows it.
    private static String shownValue(Object value) {
        return Basic.of(value) == Basic.STRING
                ? value.toString()
                : "<" + Values.typeName(value) + " Value>";
    }

    private @Nullable Object run(
            TemplateFunction function, String name, Node shown, @Nullable Object[] values) {
        var absent = withoutAbsent(values);
        var call = new FunctionCall(new FunctionCall.Site(name, shown), values, state, execution);
        var result = function.call(call);
        return switch (result) {
            case String text -> {
                state.chargeText(text.length());
                yield call.looked().isEmpty() ? text : Marked.secret(call.looked(), text);
            }
            case Marked text -> {
                state.chargeText(text.reveal().length());
                yield text;
            }
            case null -> absent;
            default -> result;
        };
    }
}
