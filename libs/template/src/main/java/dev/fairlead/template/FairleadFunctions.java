package dev.fairlead.template;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.template.TemplateFunction.Doc;
import dev.fairlead.template.TemplateFunction.Kind;
import dev.fairlead.template.TemplateFunction.Parameters;
import dev.fairlead.template.function.Profile;
import dev.fairlead.template.value.Values;
import org.jspecify.annotations.Nullable;

/// The `fairlead` profile. Its functions for YAML and JSON are registered by the library that knows these formats.
public final class FairleadFunctions {
    private static final Doc ENV =
            new Doc(
                    "env name",
                    "the value of an environment variable that the stack declares; an error when it is not set",
                    "{{ env \"REGION\" }}",
                    "eu-1");
    private static final Doc ENV_OR =
            new Doc(
                    "envOr name fallback",
                    "the value of an environment variable that the stack declares, or the fallback when it is not set",
                    "{{ envOr \"ZONE\" \"b\" }}",
                    "b");

    private FairleadFunctions() {}

    /// The profile's functions, to be added to {@link FunctionTable#builtins}. `env` and `envOr` see what is granted.
    public static FunctionTable table(EnvironmentVariables granted) {
        return FunctionTable.of(Profile.all())
                .with(
                        "env",
                        TemplateFunction.of(
                                ENV, Parameters.of(Kind.STRING), call -> require(call, granted)))
                .with(
                        "envOr",
                        TemplateFunction.of(
                                ENV_OR,
                                Parameters.of(Kind.STRING, Kind.STRING),
                                call -> {
                                    var value = find(call, granted);
                                    return value == null
                                            ? call.value(1)
                                            : Values.plainWherePossible(value);
                                }));
    }

    private static Object require(Call call, EnvironmentVariables granted) {
        var value = find(call, granted);
        if (value == null) {
            throw call.error("the variable " + call.marked(0) + " is not set");
        }
        return Values.plainWherePossible(value);
    }

    private static @Nullable Marked find(Call call, EnvironmentVariables granted) {
        var name = call.marked(0).reveal();
        if (!granted.declared().contains(name)) {
            var near = Nearest.hint(name, granted.declared()).map(hint -> "; " + hint).orElse("");
            throw call.error("the stack declares no variable " + call.marked(0) + near);
        }
        return granted.values().get(name);
    }
}
