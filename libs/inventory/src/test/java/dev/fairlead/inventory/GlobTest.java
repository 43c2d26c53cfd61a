package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.inventory.read.Glob;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a glob means, for imports, partials, watched files and the inputs of tasks alike.
class GlobTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    *.yaml | a.yaml | true
                    *.yaml | d/a.yaml | false
                    ** | d/e/a.yaml | true
                    src/**/*.java | src/A.java | true
                    src/**/*.java | src/a/b/A.java | true
                    src/**/*.java | srcs/A.java | false
                    a**b | a/x/b | true
                    ?.txt | é.txt | true
                    ?.txt | 🙂.txt | true
                    d?a | d/a | false
                    [a-c]x | bx | true
                    [!a-c]x | bx | false
                    [^a-c]x | dx | true
                    [!a]x | /x | false
                    []a]x | ]x | true
                    [a-]x | -x | true
                    [\\]]x | ]x | true
                    {a,b/c}.txt | b/c.txt | true
                    {a,{b,c}}d | cd | true
                    {a,}b | b | true
                    a,b | a,b | true
                    a\\*b | a*b | true
                    a\\*b | axb | false
                    ./src/*.txt | src/a.txt | true
                    src/../lib/*.txt | lib/a.txt | true
                    .//a.txt | a.txt | true
                    a.txt | axtxt | false
                    (a)+ | a | false
                    """)
    void matches(String glob, String path, boolean matches) {
        assertThat(Glob.of(glob).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    [a | "[" is not closed
                    [] | "[" is not closed
                    {a | "{" is not closed
                    {a,{b} | "{" is not closed
                    a} | "}" was not opened
                    [z-a] | the range z-a ends before it starts
                    """)
    void saysWhatIsNotWellFormed(String glob, String fault) {
        assertThatThrownBy(() -> Glob.of(glob)).hasMessage(fault);
        assertThat(Glob.ofGitIgnore(glob).matches("x")).isFalse();
    }

    @Test
    void takesNoTimeWhateverThePattern() {
        var stars = Glob.of("*a".repeat(60) + "b");
        var folders = Glob.of("**/".repeat(60) + "x");
        var braces = Glob.of("{a,b}".repeat(200));
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    assertThat(stars.matches("a".repeat(2_000))).isFalse();
                    assertThat(folders.matches("d/".repeat(500) + "y")).isFalse();
                    assertThat(braces.matches("ab".repeat(100))).isTrue();
                });
        assertThatThrownBy(() -> Glob.of("{".repeat(10_000))).hasMessageContaining("nest deeper");
    }
}
