package dev.fairlead.cli.pod;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Interrupts;
import dev.fairlead.cli.flag.DurationFlag;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.unit.Dev;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.target.local.pod.DevRun;
import dev.fairlead.target.local.pod.Installation;
import dev.fairlead.target.local.pod.Listening;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fairlead dev-run`.
@Command(
        name = "dev-run",
        description = {
            "What a pod of a unit in mode dev runs: builds, starts CMD, and after each change builds and",
            "starts it again; a build that fails leaves the former process at work. Fairlead writes this",
            "command into pods by itself."
        },
        footer = "  fairlead dev-run --folder=/workspace/api --watch='src/**' -- java src/Api.java")
public final class DevRunCommand implements Callable<Integer> {
    private static final Pattern READY = Pattern.compile("(http|tcp):(\\d{1,5})(/.*)?");

    private final Session session;

    @Option(
            names = "--install",
            paramLabel = "DIR",
            description = "Copies Fairlead into this folder, and does nothing else.")
    @Nullable Path install;

    @Option(
            names = "--wait",
            description =
                    "Does nothing until it is ended: for the pod that a checkout comes in by.")
    boolean wait;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "The workspace; its .gitignore files count.")
    Path root = Path.of("/workspace");

    @Option(names = "--folder", paramLabel = "DIR", description = "The unit's folder in it.")
    @Nullable Path folder;

    @Option(
            names = "--scratch",
            paramLabel = "DIR",
            description = "A folder that may be written to.")
    Path scratch = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(
            names = "--build",
            paramLabel = "WORD",
            description = "A word of the command that builds.")
    List<String> build = List.of();

    @Option(
            names = "--watch",
            paramLabel = "GLOB",
            description = "A glob of files whose change reloads, relative to the folder.")
    List<String> watch = List.of();

    @Option(
            names = "--ignore",
            paramLabel = "GLOB",
            description = "A glob of files that do not count.")
    List<String> ignore = List.of();

    @Option(
            names = "--reload",
            paramLabel = "HOW",
            description = "restart, or tool: the command reloads by itself.")
    String reload = "restart";

    @Option(
            names = "--debounce",
            paramLabel = "DURATION",
            converter = DurationFlag.class,
            description = "How long it must be quiet after a change.")
    Duration debounce = Duration.ofMillis(200);

    @Option(
            names = "--stop",
            paramLabel = "SIGNAL,DURATION",
            description = "The signal that ends the command, and after which time KILL: TERM,10s.")
    String stop = "TERM,10s";

    @Option(
            names = "--ready",
            paramLabel = "PROBE",
            description = "How it is seen that it serves: http:8080/readyz or tcp:8080.")
    String ready = "";

    @Parameters(arity = "0..*", paramLabel = "CMD", description = "The command, after --.")
    List<String> command = List.of();

    public DevRunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (install != null) {
            Installation.copy(Path.of(System.getProperty("java.home"), ".."), install);
            return ExitCode.DONE;
        }
        var ended = new CountDownLatch(1);
        try (var _ = Interrupts.handledBy(ended::countDown)) {
            if (wait) {
                ended.await();
                return ExitCode.DONE;
            }
            var begun = unit().begin(session.shell().environment(), this::say);
            ended.await();
            begun.end();
        }
        return ExitCode.DONE;
    }

    private void say(String line) {
        var out = session.console().out();
        out.println(line);
        out.flush();
    }

    private DevRun unit() {
        if (folder == null || command.isEmpty()) {
            throw usage("--folder and a command after -- are needed");
        }
        var dev =
                new Dev(
                        build.stream().map(Marked::plain).toList(),
                        watch,
                        ignore,
                        reload.equals("tool"),
                        debounce);
        return new DevRun(root, folder, scratch, dev, stop(), listening(), command);
    }

    private Stop stop() {
        int comma = stop.indexOf(',');
        return comma < 0
                ? new Stop(stop, Stop.DEFAULT.grace())
                : new Stop(
                        stop.substring(0, comma),
                        new DurationFlag().convert(stop.substring(comma + 1)));
    }

    private Optional<Listening> listening() {
        if (ready.isEmpty()) {
            return Optional.empty();
        }
        var parts = READY.matcher(ready);
        if (!parts.matches()) {
            throw usage("--ready " + ready + " is neither http:PORT/PATH nor tcp:PORT");
        }
        return Optional.of(
                new Listening(
                        Integer.parseInt(parts.group(2)),
                        parts.group(1).equals("http")
                                ? Optional.of(Optional.ofNullable(parts.group(3)).orElse("/"))
                                : Optional.empty()));
    }

    private static RuntimeException usage(String what) {
        return Problem.error(CliCode.USAGE, what)
                .withHint("read `fairlead dev-run --help`")
                .thrown();
    }
}
