package dev.fairlead.testkit;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the sources lie, for tests that read them.
public final class Repository {
    private Repository() {}

    /// The root of the checkout: named by the build, else the nearest folder upwards that has `mvnw`.
    public static Path root() {
        var named = System.getProperty("fairlead.root");
        if (named != null) {
            return Path.of(named);
        }
        for (var folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            if (Files.exists(folder.resolve("mvnw"))) {
                return folder;
            }
        }
        throw new IllegalStateException(
                "no folder with mvnw above " + Path.of("").toAbsolutePath());
    }
}
