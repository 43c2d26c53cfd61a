package dev.fairlead.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.DebianPackage;
import dev.fairlead.testkit.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Shell stays thin: listed with a reason, short, clean.
class ScriptsTest {
    private static final int LONGEST = 40;

    /// The scripts of the test cluster start real programs and wait for them: part of the tests, in bash.
    private static final String CLUSTER = "tests/kubernetes/cluster/";

    private final List<Path> scripts =
            Sources.list(name -> !name.startsWith(CLUSTER) && isScript(name));

    @Test
    @Covers("DEP-03")
    void everyScriptIsListedWithItsReasonAndShort() {
        var contributing = Sources.read("CONTRIBUTING.md");
        var wrong = new ArrayList<String>();
        for (var script : scripts) {
            var name = Sources.name(script);
            if (!contributing.contains("| `" + name + "` |")) {
                wrong.add(name + " is not in the list of scripts of CONTRIBUTING.md");
            }
            if (!name.contains("/src/test/") && Sources.read(script).lines().count() > LONGEST) {
                wrong.add(name + " has more than " + LONGEST + " lines");
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(scripts.stream().map(Sources::name)).contains("mvnw", ".ci/run");
    }

    @Test
    void noScriptDecidesOrderReadinessOrRetry() {
        var words = List.of("sleep ", "until ", "retry", "kubectl", "wait-for");
        var wrong = new TreeSet<String>();
        for (var script : scripts) {
            Sources.read(script)
                    .lines()
                    .filter(line -> !line.strip().startsWith("#"))
                    .forEach(line -> {
                        for (var word : words) {
                            if (line.contains(word)) {
                                wrong.add(Sources.name(script) + ": " + line.strip());
                            }
                        }
                    });
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void shellcheckHasNothingToSay() throws Exception {
        assumeTrue(DebianPackage.SHELLCHECK.provide(), DebianPackage.SHELLCHECK.absence());
        assertThat(said("sh", scripts)).isEmpty();
        assertThat(said("bash", Sources.list(name -> name.startsWith(CLUSTER) && isScript(name))))
                .isEmpty();
    }

    private static String said(String shell, List<Path> checked) throws Exception {
        var command = new ArrayList<>(List.of("shellcheck", "-x", "-s", shell));
        checked.forEach(script -> command.add(Sources.name(script)));
        var process =
                new ProcessBuilder(command)
                        .directory(Repository.root().toFile())
                        .redirectErrorStream(true)
                        .start();
        var said =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? said : said + "shellcheck failed";
    }

    private static boolean isScript(String name) {
        if (name.endsWith(".sh")) {
            return true;
        }
        var file = Repository.root().resolve(name);
        if (name.contains(".golden") || name.endsWith(".java") || !Files.isExecutable(file)) {
            return false;
        }
        try (var reader =
                Files.newBufferedReader(file, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            var first = reader.readLine();
            return first != null && first.startsWith("#!") && first.contains("sh");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
