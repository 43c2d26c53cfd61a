package dev.fairlead.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// This library against Go's own text/template, whose answers are committed as goldens.
class GoTruthTest {
    private static final Path CASES =
            Repository.root().resolve("libs/template/src/test/resources/go");

    @TestFactory
    Stream<DynamicContainer> rendersAsGoDoes() throws IOException {
        return caseFiles().stream().map(GoTruthTest::container);
    }

    private static DynamicContainer container(Path file) {
        try {
            var golden = Files.readAllLines(goldenOf(file, CASES));
            var cases = GoCase.read(file);
            assertThat(golden).as("the golden of " + file.getFileName()).hasSize(2 * cases.size());
            var tests = new ArrayList<DynamicTest>();
            for (int i = 0; i < cases.size(); i++) {
                var one = cases.get(i);
                var wanted = golden.get(2 * i + 1).substring(1);
                assertThat(golden.get(2 * i)).isEqualTo(one.line());
                tests.add(
                        DynamicTest.dynamicTest(
                                one.line(), () -> assertThat(one.outcome()).isEqualTo(wanted)));
            }
            return DynamicContainer.dynamicContainer(String.valueOf(file.getFileName()), tests);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void theGoldensAreWhatTheInstalledGoSays(@TempDir Path folder) throws Exception {
        assumeTrue(
                GoProgram.isInstalled(),
                "skipped: no go on the PATH, so the goldens were not compared with it");
        for (var file : caseFiles()) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
        GoProgram.build(folder).runToEnd("golden", folder.toString());
        for (var file : caseFiles()) {
            assertThat(goldenOf(file, folder)).hasSameTextualContentAs(goldenOf(file, CASES));
        }
    }

    private static Path goldenOf(Path file, Path folder) {
        return folder.resolve(file.getFileName().toString().replace(".cases", ".golden"));
    }

    private static List<Path> caseFiles() throws IOException {
        try (var files = Files.list(CASES)) {
            return files.filter(file -> file.toString().endsWith(".cases")).sorted().toList();
        }
    }
}
