package dev.fairlead.tests.system.world;

import dev.fairlead.testkit.Repository;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;

/// Maven under the name that people have it by, from the repository's own wrapper.
public final class MavenOnPath {
    private MavenOnPath() {}

    /// The same command, with an `mvn` in front of everything else on its PATH.
    public static Fairlead of(Sandbox sandbox, Fairlead fairlead) throws IOException {
        var bin = Files.createDirectories(sandbox.base().resolve("bin"));
        var mvn = bin.resolve("mvn");
        Files.writeString(
                mvn, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(Repository.root().resolve("mvnw")));
        if (!mvn.toFile().setExecutable(true)) {
            throw new IOException(mvn + " cannot be made a program");
        }
        var path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
        return fairlead.with("PATH", bin + File.pathSeparator + path);
    }
}
