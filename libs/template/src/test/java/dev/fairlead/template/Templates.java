package dev.fairlead.template;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shortcuts of the tests: the whole profile, strict mode, a manifest named `web.yaml`.
final class Templates {
    static final FunctionTable FUNCTIONS =
            FunctionTable.builtins()
                    .with(
                            FairleadFunctions.table(
                                    EnvironmentVariables.plain(
                                            Set.of("REGION", "ZONE"),
                                            Map.of("REGION", "eu-1", "HOME", "/srv/x"))));

    private Templates() {}

    static TemplateSet.Builder set(String... partials) {
        var builder = TemplateSet.builder().functions(FUNCTIONS);
        for (int i = 0; i < partials.length; i += 2) {
            builder.partial(new Source(partials[i], partials[i + 1]));
        }
        return builder;
    }

    static Rendered rendered(String text, @Nullable Object data) {
        return set().build().parse(new Source("web.yaml", text)).render(data);
    }

    static String text(String text, @Nullable Object data) {
        return rendered(text, data).text().reveal();
    }

    /// The text as people may see it, with its secrets masked.
    static String shown(String text, @Nullable Object data) {
        return rendered(text, data).text().toString();
    }

    static List<Problem> problems(Runnable work) {
        var thrown = catchThrowableOfType(ProblemException.class, work::run);
        return Objects.requireNonNull(thrown, "no problem was thrown").problems();
    }

    static Problem problem(String text, @Nullable Object data) {
        return problems(() -> rendered(text, data)).getFirst();
    }
}
