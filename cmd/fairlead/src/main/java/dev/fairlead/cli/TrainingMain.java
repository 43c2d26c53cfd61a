package dev.fairlead.cli;

import dev.fairlead.cli.console.Console;
import dev.fairlead.cli.console.Libc;
import dev.fairlead.cli.console.Outlet;
import dev.fairlead.cli.console.StandardStreams;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs the usual commands once in one process, so that the AOT cache which the build records from it has their classes.
/// Its only argument is the folder of a small stack; nothing is written there.
public final class TrainingMain {
    private static final List<List<String>> LINES =
            List.of(
                    List.of("version"),
                    List.of("--help"),
                    List.of("up", "--help"),
                    List.of("validate"),
                    List.of("validate", "-o", "json"),
                    List.of("plan"),
                    List.of("plan", "-o", "json"),
                    List.of("status"),
                    List.of("status", "-o", "json"),
                    List.of("explain"),
                    List.of("events"),
                    List.of("schema"),
                    List.of("no-such-command"));

    private TrainingMain() {}

    public static void main(String[] arguments) {
        // Opened for its classes: what the commands say here is for nobody.
        var _ = StandardStreams.open(Outlet.results(), Map.of("TERM", "xterm"));
        var _ = Libc.screenSize();
        var silent =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        var console =
                new Console(
                        silent,
                        silent,
                        new BufferedReader(Reader.nullReader()),
                        Optional.empty(),
                        false,
                        false);
        var shell =
                new Shell(
                        Path.of(arguments[0]).toAbsolutePath(),
                        Map.of(),
                        Clock.systemUTC(),
                        () -> ZoneOffset.UTC,
                        console);
        for (var line : LINES) {
            var _ = new CommandRun(shell).run(line.toArray(String[]::new));
        }
    }
}
