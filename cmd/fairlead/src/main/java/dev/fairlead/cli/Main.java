package dev.fairlead.cli;

import dev.fairlead.cli.console.Libc;
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
        var run = new CommandRun(shell);
        int code = run.run(arguments);
        console.out().flush();
        console.err().flush();
        // Only threads in native code make the ordinary end slow; where there are none, finding
        // _exit would cost more.
        if (run.usedEngine()) {
            Libc.exit(code);
        }
        Runtime.getRuntime().halt(code);
    }
}
