package dev.fairlead.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;

/// A page under `docs/reference` that a test generates: compared with the committed one, or written anew with
/// `-Dregenerate=true`.
final class Committed {
    private Committed() {}

    static void check(String page, String generated) throws IOException {
        var file = Repository.root().resolve("docs/reference").resolve(page);
        if (Boolean.getBoolean("regenerate")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, generated);
        }
        assertThat(Files.exists(file) ? Files.readString(file) : "")
                .as(
                        "docs/reference/%s is generated: run ./mvnw test -pl cmd/fairlead -am -Dregenerate=true",
                        page)
                .isEqualTo(generated);
    }
}
