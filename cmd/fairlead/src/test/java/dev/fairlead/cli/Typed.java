package dev.fairlead.cli;

import dev.fairlead.cli.console.Console;
import dev.fairlead.document.Json;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/// A command line as if it were typed in a folder without a terminal.
public record Typed(Path folder, Map<String, String> environment, Clock clock) {
    public static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-03-01T07:00:00Z"), ZoneOffset.UTC);

    /// What came back.
    public record Answer(int code, String out, String err) {
        public Map<String, Object> json() {
            return Json.readObject(out);
        }
    }

    public static Typed in(Path folder) {
        return new Typed(folder, Map.of(), CLOCK);
    }

    public Typed with(String variable, String value) {
        return new Typed(folder, Map.of(variable, value), clock);
    }

    /// The same with a clock that goes on, for what is told by the order of moments.
    public Typed withTime() {
        return new Typed(
                folder,
                environment,
                Clock.offset(Clock.systemUTC(), Duration.between(Instant.now(), CLOCK.instant())));
    }

    public Answer run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = run(stream(out), stream(err), arguments);
        return new Answer(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    int run(PrintStream out, PrintStream err, String... arguments) {
        return new CommandRun(shell(out, err)).run(arguments);
    }

    Shell shell(PrintStream out, PrintStream err) {
        var nobody = new BufferedReader(new StringReader(""));
        var console = new Console(out, err, nobody, Optional.empty(), false, true);
        return new Shell(folder, environment, clock, () -> ZoneOffset.UTC, console);
    }

    static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
