package dev.fairlead.cli;

import dev.fairlead.cli.Globals.Output;
import dev.fairlead.cli.console.Console;
import dev.fairlead.cli.live.Display;
import dev.fairlead.cli.live.EventLines;
import dev.fairlead.cli.live.EventLines.Detail;
import dev.fairlead.cli.live.LiveTable;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Json;
import dev.fairlead.engine.Engine;
import dev.fairlead.engine.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What every command is given: the shell, seen through the global flags.
public final class Session {
    private final Shell shell;
    private final Globals globals;
    private @Nullable Engine engine;

    Session(Shell shell, Globals globals) {
        this.shell = shell;
        this.globals = globals;
    }

    public Shell shell() {
        return shell;
    }

    public Globals globals() {
        return globals;
    }

    public Console console() {
        return globals.noColor ? shell.console().withoutColours() : shell.console();
    }

    public boolean json() {
        return globals.output == Output.json;
    }

    /// The folder that paths of the command line are relative to.
    public Path folder() {
        var given = globals.directory;
        return given == null ? shell.folder() : shell.folder().resolve(given).normalize();
    }

    public Path resolve(Path path) {
        return folder().resolve(path).normalize();
    }

    /// Prints a result in its documented JSON shape, which begins with `version: 1`.
    public void printJson(Map<String, ?> shape) {
        Map<String, Object> versioned = new LinkedHashMap<>();
        versioned.put("version", 1);
        // A map without an order of its own would print differently in each process.
        versioned.putAll(shape instanceof SequencedMap ? shape : new TreeMap<>(shape));
        console().out().println(Json.pretty(versioned));
    }

    /// The engine of this process, made when it is first asked for.
    public Engine engine() {
        var made = engine;
        if (made == null) {
            made = Engine.create(new Surroundings(shell.clock(), shell.environment(), caller()));
            engine = made;
        }
        return made;
    }

    /// This process, for whoever finds the lease taken.
    public String caller() {
        return "fairlead (pid " + ProcessHandle.current().pid() + ") of " + user();
    }

    /// The user of this process.
    public String user() {
        return System.getProperty("user.name");
    }

    /// Whether the engine was used: then there may be threads that wait in native code.
    boolean usedEngine() {
        return engine != null;
    }

    /// The instant that elapsed times are counted to.
    public Instant now() {
        return shell.clock().instant();
    }

    /// Says something about the progress; `-q` silences it.
    public void say(String line) {
        if (!globals.quiet) {
            console().err().println(line);
        }
    }

    /// How an execution is shown: a live table on a terminal, lines elsewhere and where `-q` or `-v` asks for them.
    ///
    /// @param removal whether units are taken down
    public Display display(boolean removal) {
        var console = console();
        if (console.terminal().isPresent() && !globals.quiet && !globals.verbose) {
            return new LiveTable(
                    console.err(),
                    console.paintErr(),
                    console.terminal().get(),
                    shell.clock(),
                    removal);
        }
        var detail =
                globals.quiet ? Detail.QUIET : globals.verbose ? Detail.VERBOSE : Detail.NORMAL;
        return new EventLines(console.err(), console.paintErr(), shell.zone().get(), detail);
    }

    /// Goes on only when a person says yes, or `--yes` said so already.
    ///
    /// @return whether it was a person, who saw what was asked about
    public boolean confirm(String question) {
        if (globals.yes) {
            return false;
        }
        var answer =
                ask(question + " [y/N] ")
                        .orElseThrow(() ->
                                Problem.error(CliCode.UNANSWERED, question)
                                        .withHint("give --yes to answer with yes")
                                        .thrown());
        if (!answer.equals("y") && !answer.equals("yes")) {
            throw Problem.error(CliCode.DECLINED, "not confirmed, so nothing was done").thrown();
        }
        return true;
    }

    /// What a person types after the question, in small letters; empty when there is no terminal to ask at.
    public Optional<String> ask(String question) {
        var console = console();
        if (console.terminal().isEmpty()) {
            return Optional.empty();
        }
        console.err().print(question);
        console.err().flush();
        try {
            var line = console.in().readLine();
            return Optional.of(line == null ? "" : line.strip().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
