package dev.fairlead.tests.system.world;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Finds Chromium on this machine, or gets Debian's package where that is possible.
public final class Chromium {
    private Chromium() {}

    /// The browser's path, or empty when there is none and this user cannot install one.
    public static Optional<Path> find() throws IOException, InterruptedException {
        var present =
                onPath("chromium")
                        .or(() -> onPath("chromium-browser"))
                        .or(() -> onPath("google-chrome"));
        if (present.isPresent() || onPath("apt-get").isEmpty() || !isRoot()) {
            return present;
        }
        install("apt-get", "--quiet", "update");
        install("apt-get", "--quiet", "--yes", "--no-install-recommends", "install", "chromium");
        return onPath("chromium");
    }

    private static void install(String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
        builder.start().waitFor();
    }

    private static boolean isRoot() throws IOException {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private static Optional<Path> onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
