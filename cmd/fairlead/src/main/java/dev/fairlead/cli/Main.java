package dev.fairlead.cli;

import dev.fairlead.cli.console.Console;
import dev.fairlead.cli.console.Libc;
import dev.fairlead.cli.console.Outlet;
import dev.fairlead.cli.console.StandardStreams;
import dev.fairlead.diagnostic.Problem;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The process `fairlead`.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        var environment = System.getenv();
        var out = Outlet.results();
        var console = StandardStreams.open(out, environment);
        var known = known(arguments, environment);
        if (known.isPresent()) {
            console.out().print(known.get());
            end(console, out, ExitCode.DONE, false);
            return;
        }
        var shell =
                new Shell(
                        Path.of("").toAbsolutePath(),
                        environment,
                        Clock.systemUTC(),
                        ZoneId::systemDefault,
                        console);
        var run = new CommandRun(shell);
        int code = run.run(arguments);
        end(console, out, code, run.usedEngine());
    }

    /// What is answered without looking at the commands: reading their annotations would take most of the time.
    private static Optional<String> known(String[] arguments, Map<String, String> environment) {
        boolean asksVersion =
                arguments.length == 1
                        && (arguments[0].equals("version") || arguments[0].equals("--version"));
        boolean preset = environment.keySet().stream().anyMatch(key -> key.startsWith("FAIRLEAD_"));
        return asksVersion && !preset
                ? Optional.of(Version.line() + System.lineSeparator())
                : BuiltHelp.find(arguments);
    }

    private static void end(Console console, Outlet out, int reached, boolean usedEngine) {
        int code = reached;
        console.out().flush();
        if (code == ExitCode.DONE && out.loss().isPresent()) {
            code = lost(console, out.loss().get());
        }
        console.err().flush();
        // Only threads in native code make the ordinary end slow; where there are none, finding
        // _exit would cost more.
        if (usedEngine) {
            Libc.exit(code);
        }
        Runtime.getRuntime().halt(code);
    }

    /// Who reads the result would take a part of it for the whole.
    private static int lost(Console console, String why) {
        var problem =
                Problem.error(CliCode.IO_FAILED, "standard output cannot be written: " + why)
                        .withHint("what was to be done is done; only its result was not shown");
        Report.text(console, List.of(problem));
        return ExitCode.of(List.of(problem));
    }
}
