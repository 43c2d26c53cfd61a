package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandsAloneTest {
    /// The example can be taken out of the repository, so it carries a copy of the wrapper: the same, byte for byte.
    @Test
    void theExampleCarriesTheRepositorysMavenWrapper() throws IOException {
        for (var file :
                List.of(
                        "mvnw",
                        ".mvn/jdk25.sh",
                        ".mvn/wrapper/FetchMaven.java",
                        ".mvn/wrapper/maven-wrapper.properties")) {
            var copy = Repository.root().resolve("examples/guestbook/driver").resolve(file);
            assertThat(copy).hasSameBinaryContentAs(Repository.root().resolve(file));
            assertThat(Files.isExecutable(copy)).isEqualTo(file.equals("mvnw"));
        }
    }
}
