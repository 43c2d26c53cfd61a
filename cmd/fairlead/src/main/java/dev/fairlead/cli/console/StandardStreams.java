package dev.fairlead.cli.console;

import dev.fairlead.cli.console.Console.Screen;
import dev.fairlead.cli.console.Console.Size;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The process's own three streams, always in UTF-8 whatever the locale says.
public final class StandardStreams {
    private static final Size USUAL = new Size(80, 24);

    private StandardStreams() {}

    /// @param out standard output
    /// @param environment `NO_COLOR` and `TERM` decide about colours, `COLUMNS` about the width where the terminal is silent
    public static Console open(Outlet out, Map<String, String> environment) {
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        boolean interactive = !dumb && isTerminal(0) && isTerminal(2);
        return new Console(
                stream(out),
                stream(new FileOutputStream(FileDescriptor.err)),
                new BufferedReader(
                        new InputStreamReader(
                                new FileInputStream(FileDescriptor.in), StandardCharsets.UTF_8)),
                interactive ? Optional.of(screen(environment)) : Optional.empty(),
                !dumb && isTerminal(1),
                environment.getOrDefault("NO_COLOR", "").isEmpty());
    }

    private static Screen screen(Map<String, String> environment) {
        return () ->
                Libc.screenSize().orElseGet(() -> new Size(columns(environment), USUAL.rows()));
    }

    private static int columns(Map<String, String> environment) {
        var given = environment.getOrDefault("COLUMNS", "");
        return given.matches("[0-9]{1,4}") ? Integer.parseInt(given) : USUAL.columns();
    }

    // Read from /proc because System.console() loads a whole line editor, and isatty would need a
    // foreign call.
    private static boolean isTerminal(int descriptor) {
        try {
            var end = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return end.startsWith("/dev/pts/")
                    || end.startsWith("/dev/tty")
                    || end.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    private static PrintStream stream(FileOutputStream out) {
        return new PrintStream(new BufferedOutputStream(out), true, StandardCharsets.UTF_8);
    }
}
