package dev.fairlead.cli;

import dev.fairlead.cli.console.Console;
import dev.fairlead.cli.console.Libc;
import dev.fairlead.cli.console.Outlet;
import dev.fairlead.cli.console.StandardStreams;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs the usual commands once in one process, so that the AOT cache which the build records from it has their classes.
///
/// Its first argument is a folder with three small stacks: `read` is only looked at; `running` is copied away, started and
/// taken down, because a command that finds state needs other classes than one that finds none; `cluster` is deployed to
/// objects in memory. Where nothing can be started, the cache only has less in it. The other arguments are stacks as people write them, with manifests, partials
/// and migrations, which are looked at too. On the way it writes the text that {@link BuiltHelp} shows.
public final class TrainingMain {
    private static final List<List<String>> READ =
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
                    List.of("migrate", "lint", "--source", "migrations"),
                    // Nobody answers there; what it takes to ask is loaded all the same.
                    List.of(
                            "migrate",
                            "status",
                            "--source",
                            "migrations",
                            "--database",
                            "postgresql://fairlead@127.0.0.1:9/training"),
                    List.of(
                            "migrate",
                            "up",
                            "--source",
                            "migrations",
                            "--database",
                            "postgresql://fairlead@127.0.0.1:9/training"),
                    List.of("no-such-command"));

    private static final List<List<String>> LOOKED_AT =
            List.of(
                    List.of("validate"),
                    List.of("plan"),
                    List.of("plan", "-o", "json"),
                    List.of("render"),
                    List.of("graph"),
                    List.of("status"),
                    List.of("explain"));

    private static final List<List<String>> RUNNING =
            List.of(
                    List.of("up", "--detach"),
                    List.of("up", "--detach"),
                    List.of("plan"),
                    List.of("status"),
                    List.of("status", "-o", "json"),
                    List.of("explain"),
                    List.of("logs"),
                    List.of("events"),
                    List.of("down", "--volumes"),
                    List.of("slots", "take", "--purpose", "training", "--up"),
                    List.of("slots", "list"),
                    List.of("slots", "gc", "--dry-run"),
                    List.of("slots", "release", "1"));

    private static final List<List<String>> DEPLOYED =
            List.of(
                    List.of("plan"),
                    List.of("up", "--detach", "--yes"),
                    List.of("up", "--detach", "-q"),
                    List.of("plan", "-o", "json"),
                    List.of("status"),
                    List.of("explain"),
                    List.of("events"));

    private TrainingMain() {}

    public static void main(String[] arguments) throws IOException {
        var stacks = Path.of(arguments[0]).toAbsolutePath();
        // Opened for its classes: what the commands say here is for nobody.
        var _ = StandardStreams.open(Outlet.results(), Map.of("TERM", "xterm"));
        var _ = Libc.screenSize();
        BuiltHelp.write(said(stacks, "--help"));
        var _ = BuiltHelp.find("--help");
        READ.forEach(line -> said(stacks.resolve("read"), line.toArray(String[]::new)));
        for (int i = 1; i < arguments.length; i++) {
            inCopy(Path.of(arguments[i]).toAbsolutePath(), LOOKED_AT);
        }
        inCopy(stacks.resolve("running"), RUNNING);
        cluster(stacks.resolve("cluster"));
    }

    private static void cluster(Path stack) throws IOException {
        var folder = Files.createTempDirectory("fairlead-training");
        try (var cluster = TrainingCluster.start(folder)) {
            var variables =
                    Map.of(
                            "PATH",
                            "/usr/bin:/bin",
                            "KUBECONFIG",
                            cluster.kubeconfig(folder).toString(),
                            "XDG_CACHE_HOME",
                            folder.toString());
            var copy = Files.createDirectories(folder.resolve("stack"));
            copy(stack, copy);
            DEPLOYED.forEach(line -> said(copy, variables, line.toArray(String[]::new)));
            var changed = copy.resolve("objects.yaml");
            Files.writeString(changed, Files.readString(changed).replace("blue", "green"));
            DEPLOYED.forEach(line -> said(copy, variables, line.toArray(String[]::new)));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            delete(folder);
        }
    }

    private static void inCopy(Path stack, List<List<String>> lines) throws IOException {
        var copy = Files.createTempDirectory("fairlead-training");
        copy(stack, copy);
        lines.forEach(line -> said(copy, line.toArray(String[]::new)));
        delete(copy);
    }

    private static void delete(Path folder) throws IOException {
        try (var made = Files.walk(folder)) {
            for (var path : made.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = to.resolve(from.relativize(file));
                Files.createDirectories(java.util.Objects.requireNonNull(copy.getParent()));
                Files.copy(file, copy);
            }
        }
    }

    /// What a command says on standard output in a folder.
    private static String said(Path folder, String... line) {
        return said(folder, Map.of("PATH", "/usr/bin:/bin"), line);
    }

    private static String said(Path folder, Map<String, String> variables, String... line) {
        var said = new ByteArrayOutputStream();
        var console =
                new Console(
                        new PrintStream(said, false, StandardCharsets.UTF_8),
                        new PrintStream(
                                OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                        new BufferedReader(Reader.nullReader()),
                        Optional.empty(),
                        false,
                        false);
        var shell = new Shell(folder, variables, Clock.systemUTC(), () -> ZoneOffset.UTC, console);
        var _ = new CommandRun(shell).run(line);
        console.out().flush();
        return said.toString(StandardCharsets.UTF_8);
    }
}
