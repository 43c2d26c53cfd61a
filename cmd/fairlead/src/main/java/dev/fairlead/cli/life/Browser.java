package dev.fairlead.cli.life;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The person's browser, where there is one.
///
/// @param environment of this process
record Browser(Map<String, String> environment) {
    private static final List<String> OPENERS = List.of("xdg-open", "wslview");
    private static final int DECIDES_WITHIN = 3;

    /// Whether the address was handed to a browser.
    boolean opens(String url) {
        return url.startsWith("http") && program().filter(name -> started(name, url)).isPresent();
    }

    private Optional<String> program() {
        var named = environment.getOrDefault("BROWSER", "");
        if (!named.isBlank()) {
            return Optional.of(named.split(":", 2)[0]).filter(this::isThere);
        }
        boolean screen =
                Stream.of("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME")
                        .anyMatch(name -> !environment.getOrDefault(name, "").isBlank());
        return screen ? OPENERS.stream().filter(this::isThere).findFirst() : Optional.empty();
    }

    private boolean isThere(String program) {
        return program.contains("/")
                ? Files.isExecutable(Path.of(program))
                : Stream.of(environment.getOrDefault("PATH", "").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// An opener that fails says so at once; one that goes on is the browser itself.
    private static boolean started(String program, String url) {
        try {
            var process =
                    new ProcessBuilder(program, url)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return !process.waitFor(DECIDES_WITHIN, TimeUnit.SECONDS) || process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
