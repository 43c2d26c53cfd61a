package dev.fairlead.cli;

import dev.fairlead.cli.console.StandardStreams;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;

/// The process `fairlead`.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var environment = System.getenv();
        var console = StandardStreams.open(environment);
        var shell =
                new Shell(
                        Path.of("").toAbsolutePath(),
                        environment,
                        Clock.systemUTC(),
                        ZoneId::systemDefault,
                        console);
        int code = new CommandRun(shell).run(arguments);
        console.out().flush();
        console.err().flush();
        Runtime.getRuntime().halt(code);
    }
}
