package dev.fairlead.template;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A function that templates may call. It must give the same result for the same arguments, whatever the thread.
public interface TemplateFunction {
    /// What a parameter takes.
    enum Kind {
        /// Any value; nil and no value arrive as null.
        ANY,
        /// Any value, and in strict mode also an absent one, which arrives as null: for functions that test or default.
        /// When such a function is given one and its result is null, the result is absent, too.
        TESTED,
        /// Any value as the engine has it: no value stays distinct from nil.
        RAW,
        STRING,
        INT,
        FLOAT,
        BOOL,
        MAP,
        LIST;

        /// Go's name of the parameter's type.
        public String typeName() {
            return switch (this) {
                case ANY, TESTED -> "interface {}";
                case RAW -> "reflect.Value";
                case STRING -> "string";
                case INT -> "int";
                case FLOAT -> "float64";
                case BOOL -> "bool";
                case MAP -> "map[string]interface {}";
                case LIST -> "[]interface {}";
            };
        }

        /// Whether `nil` may be given for it.
        public boolean takesNil() {
            return switch (this) {
                case ANY, TESTED, RAW, MAP, LIST -> true;
                case STRING, INT, FLOAT, BOOL -> false;
            };
        }
    }

    /// The parameters: the fixed ones, and what any number of further arguments must be, when there may be some.
    record Parameters(List<Kind> fixed, Optional<Kind> rest) {
        public Parameters {
            fixed = List.copyOf(fixed);
        }

        /// Exactly these.
        public static Parameters of(Kind... fixed) {
            return new Parameters(List.of(fixed), Optional.empty());
        }

        /// These, and any number of `rest`.
        public Parameters then(Kind rest) {
            return new Parameters(fixed, Optional.of(rest));
        }

        /// The kind of the argument number `index`, from 0.
        public Kind kind(int index) {
            return index < fixed.size() ? fixed.get(index) : rest.orElse(Kind.ANY);
        }
    }

    /// What the reference says about a function; the example is run as a test.
    ///
    /// @param signature the parameters in order: `default fallback value`
    /// @param does one sentence without its full stop
    /// @param example a template, rendered with no data
    /// @param gives what the example renders to
    record Doc(String signature, String does, String example, String gives) {}

    Parameters parameters();

    /// The result: a value that templates compute with, or null for nil.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException best made by {@link Call#error}
    @Nullable Object call(Call call);

    /// What the reference says, for a function that belongs to a documented profile.
    default Optional<Doc> doc() {
        return Optional.empty();
    }

    /// A function that is not in the reference.
    static TemplateFunction of(Parameters parameters, Function<Call, @Nullable Object> body) {
        return new Simple(parameters, Optional.empty(), body);
    }

    /// A function of the reference.
    static TemplateFunction of(
            Doc doc, Parameters parameters, Function<Call, @Nullable Object> body) {
        return new Simple(parameters, Optional.of(doc), body);
    }

    /// Parameters, doc and body put together.
    record Simple(Parameters parameters, Optional<Doc> doc, Function<Call, @Nullable Object> body)
            implements TemplateFunction {
        @Override
        public @Nullable Object call(Call call) {
            return body.apply(call);
        }
    }
}
