package dev.fairlead.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.testkit.Covers;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemTest {
    private enum Codes implements Code {
        UNKNOWN_KEY;

        @Override
        public Kind kind() {
            return Kind.USER;
        }

        @Override
        public String meaning() {
            return "A key is not known here.";
        }

        @Override
        public String remedy() {
            return "Correct it.";
        }
    }

    private final Source source =
            new Source("services.yaml", "spec:\n\tdependOn: [ postgres ]\n  last");

    @Test
    @Covers("DEP-04")
    void isShownWithItsLineACaretAndAHint() {
        var problem =
                Problem.error(Codes.UNKNOWN_KEY, source.at(2, 2), "unknown key \"dependOn\"")
                        .withHint(Nearest.hint("dependOn", List.of("dependsOn", "deploy")));
        assertThat(new ProblemText(false).of(problem))
                .isEqualTo(
                        """
                        error[UNKNOWN_KEY] services.yaml:2:2 unknown key "dependOn"
                            2 | \tdependOn: [ postgres ]
                              | \t^
                          hint: did you mean "dependsOn"?
                        """);
    }

    @Test
    void whatIsWithoutAnEndIsCutAndWhatWouldMoveTheCursorIsLeftOut() {
        var step = new Problem.Step(source.at(1, 1), "{{template \"r\" .}}");
        var problem =
                Problem.error(
                                Codes.UNKNOWN_KEY,
                                new Source("x", "a\u001b[31mb").at(1, 1),
                                "\u001b[2Jcleared\u0007 " + "x".repeat(10_000))
                        .withTrace(Collections.nCopies(1_000, step));
        assertThat(new ProblemText(false).of(problem))
                .hasSizeLessThan(4_000)
                .startsWith("error[UNKNOWN_KEY] x:1:1 cleared  xxx")
                .contains("    1 | a [31mb\n", "  … 990 more …\n", "xxx…\n")
                .doesNotContain("\u001b", "\u0007");
    }

    @Test
    void placesCountLinesAndCodePointsFromOne() {
        var text = new Source("t", "a😀b\nc");
        assertThat(text.at(3)).hasToString("t:1:3");
        assertThat(text.at(5)).hasToString("t:2:1");
        assertThat(text.at(99)).hasToString("t:2:2");
        assertThat(source.line(3)).isEqualTo("  last");
        assertThat(source.line(4)).isEmpty();
    }

    @Test
    void areListedByPlaceAndThrownTogether() {
        var problems = new Problems();
        problems.add(Problem.error(Codes.UNKNOWN_KEY, source.at(2, 2), "second"));
        problems.add(Problem.error(Codes.UNKNOWN_KEY, source.at(1, 1), "first"));
        problems.add(Problem.error(Codes.UNKNOWN_KEY, source.at(1, 1), "first"));
        assertThatThrownBy(problems::throwIfErrors)
                .hasMessage(
                        """
                        services.yaml:1:1 UNKNOWN_KEY first
                        services.yaml:2:2 UNKNOWN_KEY second\
                        """);
    }

    @Test
    void aWarningEndsNothing() {
        var problems = new Problems();
        problems.add(Problem.error(Codes.UNKNOWN_KEY, "only said").asWarning());
        problems.throwIfErrors();
        assertThat(problems.isEmpty()).isFalse();
    }

    @Test
    void theNearestNameIsASlipAwayOrNone() {
        var known = List.of("dependsOn", "deployGroup", "when");
        assertThat(Nearest.of("dependson", known)).hasValue("dependsOn");
        assertThat(Nearest.of("wehn", known)).hasValue("when");
        assertThat(Nearest.of("replicas", known)).isEmpty();
        assertThat(Nearest.of("x", List.of("y"))).isEmpty();
    }
}
