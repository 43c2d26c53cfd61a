package dev.fairlead.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Random templates and data, with real Go as the measure. Every difference becomes a case of the goldens.
class GoFuzzTest {
    private static final List<String> MISSING = List.of("default", "default", "zero", "error");

    /// Go's slice refuses an index that was read from a map or list of any type; here it is taken as the int that it is.
    private static final String LENIENT = "cannot index slice/array with type interface {}";

    /// A slice of a slice ends where the inner one does; in Go it may reach further, up to the capacity.
    private static final String RESLICED = "slice (slice";

    /// There are no complex numbers here, and there are limits.
    private static final Pattern OURS =
            Pattern.compile("number syntax: \"[^\"]*i\"|exceeded maximum");

    /// A template that nothing defines is found when loading, in Go only when it is called.
    private static final String MISSING_TEMPLATE = "<{{template ";

    /// Where a message says how a value that cannot be compared looks, Go shows a nested nil's address or type.
    private static final Pattern ADDRESS = Pattern.compile("0x[0-9a-f]{6,}");

    @Test
    void randomTemplatesRenderAsInGo(@TempDir Path folder) throws Exception {
        assumeTrue(
                GoProgram.isInstalled(),
                "skipped: no go on the PATH, so nothing was compared with it");
        var random = Seeds.generator("templates against Go");
        try (var go = GoProgram.build(folder).serve()) {
            for (int i = Scale.of(100_000); i > 0; i--) {
                var template = RandomTemplate.text(random);
                var data = RandomTemplate.data(random);
                var missing = MISSING.get(random.nextInt(MISSING.size()));
                var request =
                        "{\"template\":%s,\"data\":%s,\"missing\":%s}"
                                .formatted(Json.quoted(template), data, Json.quoted(missing));
                var answer = (Map<?, ?>) Objects.requireNonNull(Json.read(go.ask(request)));
                var wanted =
                        answer.containsKey("error")
                                ? "! " + GoCase.fold(String.valueOf(answer.get("error")))
                                : "= " + GoCase.fold(String.valueOf(answer.get("text")));
                var got = new GoCase(template, template, data, missing, List.of()).outcome();
                if (template.contains(RESLICED)
                        || wanted.contains(LENIENT)
                        || got.contains(MISSING_TEMPLATE)
                        || OURS.matcher(got).find()) {
                    continue;
                }
                assertThat(masked(got))
                        .as("%s\nwith %s and missingkey=%s", template, data, missing)
                        .isEqualTo(masked(wanted));
            }
        }
    }

    private static String masked(String text) {
        return ADDRESS.matcher(text).replaceAll("ADDRESS");
    }
}
