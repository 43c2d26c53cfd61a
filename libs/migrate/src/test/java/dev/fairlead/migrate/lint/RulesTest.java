package dev.fairlead.migrate.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Severity;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.GeneratedPage;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every rule finds what its page says it finds, and leaves alone what its page says to write instead.
class RulesTest {
    static Stream<Rule> rules() {
        return Rules.list().stream();
    }

    @ParameterizedTest
    @MethodSource("rules")
    @Covers("SPEC-07")
    void findsItsBadExample(Rule rule) {
        var found =
                Written.lint(rule.bad()).stream()
                        .filter(finding -> finding.rule().equals(rule.name()))
                        .toList();
        assertThat(found).as(rule.name()).isNotEmpty();
        var first = found.getFirst();
        assertThat(first.severity()).isEqualTo(rule.severity());
        assertThat(first.what()).isNotBlank().doesNotEndWith(".");
        assertThat(first.hint()).isNotBlank().doesNotEndWith(".");
        assertThat(first.place().line()).isPositive();
    }

    @ParameterizedTest
    @MethodSource("rules")
    @Covers("SPEC-07")
    void findsNothingInItsGoodExample(Rule rule) {
        var findings = Written.lint(rule.good());
        assertThat(Written.rules(findings)).as("%s", findings).doesNotContain(rule.name());
        assertThat(findings)
                .as("what the page says to write instead is no error of another rule")
                .noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void canBeSwitchedOff(Rule rule) {
        var off =
                new LintOptions(java.util.Set.of(rule.name()), java.util.Map.of(), List.of(), 0, 0);
        var findings = Linter.lint(Written.migrations(rule.bad()), LiveFacts.NONE, off);
        assertThat(Written.rules(findings)).doesNotContain(rule.name());
    }

    @Test
    void thereAreMoreThanFortyRulesAndNoTwoHaveOneName() {
        var names = Rules.list().stream().map(Rule::name).toList();
        assertThat(names).hasSizeGreaterThan(40).doesNotHaveDuplicates();
        assertThat(names).allMatch(name -> name.matches("[a-z]+(-[a-z]+)+"));
    }

    @Test
    void thePageIsWhatTheRulesSay() throws IOException {
        GeneratedPage.hold("docs/reference/migrate-lint.md", RulesPage.text());
    }
}
