package dev.fairlead.deploy.fake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;

/// Expected texts that a person reviews; `-Dgolden=write` writes what came out over them.
public final class Golden {
    private Golden() {}

    public static void check(String name, String actual) throws IOException {
        var file = Repository.root().resolve("libs/deploy/src/test/resources/golden").resolve(name);
        if ("write".equals(System.getProperty("golden"))) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
