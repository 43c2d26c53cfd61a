package dev.fairlead.tests.system.world;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The processes of this machine that have to do with a folder: read from `/proc`, not asked of Fairlead.
public final class Processes {
    private Processes() {}

    /// A live process.
    ///
    /// @param group its process group; a unit's own process leads its group
    /// @param unit the unit that it belongs to, from its environment; absent for the command and the supervisor
    public record Live(long pid, long group, String command, Optional<String> unit) {
        public boolean leads() {
            return pid == group;
        }

        /// kill -9, and waits until it is gone.
        public void kill() {
            var handle = ProcessHandle.of(pid);
            handle.ifPresent(ProcessHandle::destroyForcibly);
            Await.until(
                    "the end of " + this,
                    Duration.ofSeconds(20),
                    () -> inspect(Path.of("/proc", Long.toString(pid)), "").isEmpty());
        }
    }

    /// Those whose working directory, command line or environment names the folder.
    public static List<Live> of(Path folder) {
        var found = new ArrayList<Live>();
        try (var all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            all.forEach(process -> inspect(process, folder.toString()).ifPresent(found::add));
        } catch (IOException e) {
            throw new AssertionError("no /proc to read", e);
        }
        found.removeIf(process -> process.pid() == ProcessHandle.current().pid());
        return List.copyOf(found);
    }

    /// The leader of the unit's process group, if the unit runs; the unit's name is the last part of its mark.
    public static Optional<Live> ofUnit(Path folder, String unit) {
        var leaders = leaders(folder, unit);
        if (leaders.size() > 1) {
            throw new AssertionError(unit + " runs more than once: " + leaders);
        }
        return leaders.stream().findFirst();
    }

    public static long pidOf(Path folder, String unit) {
        return ofUnit(folder, unit)
                .orElseThrow(() -> new AssertionError(unit + " does not run: " + of(folder)))
                .pid();
    }

    /// All live processes that lead a group of this unit; more than one means that it runs twice.
    public static List<Live> leaders(Path folder, String unit) {
        return of(folder).stream()
                .filter(Live::leads)
                .filter(p -> p.unit().filter(mark -> named(mark, unit)).isPresent())
                .toList();
    }

    /// The supervisor of the folder: ours, without being a unit's, and in no session of a command.
    public static Optional<Live> supervisor(Path folder) {
        return of(folder).stream()
                .filter(p -> p.unit().isEmpty() && p.command().contains("supervis"))
                .findFirst();
    }

    private static boolean named(String mark, String unit) {
        return Arrays.asList(mark.split("[/:@ ]")).contains(unit);
    }

    private static Optional<Live> inspect(Path process, String folder) {
        try {
            var command = zeroSeparated(process.resolve("cmdline"));
            if (command.isEmpty()) {
                return Optional.empty(); // a zombie, or a thread of the kernel
            }
            var environment = zeroSeparated(process.resolve("environ"));
            var cwd = Files.readSymbolicLink(process.resolve("cwd")).toString();
            var concerned =
                    cwd.startsWith(folder)
                            || command.stream().anyMatch(part -> part.contains(folder))
                            || environment.stream().anyMatch(part -> part.contains(folder));
            if (!concerned) {
                return Optional.empty();
            }
            var stat = Files.readString(process.resolve("stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            var unit =
                    environment.stream()
                            .filter(variable -> variable.startsWith("FAIRLEAD_UNIT="))
                            .map(variable -> variable.substring("FAIRLEAD_UNIT=".length()))
                            .findFirst();
            return Optional.of(
                    new Live(
                            Long.parseLong(process.getFileName().toString()),
                            Long.parseLong(fields[2]),
                            String.join(" ", command),
                            unit));
        } catch (IOException e) {
            return Optional.empty(); // it ended while we looked
        }
    }

    private static List<String> zeroSeparated(Path file) throws IOException {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return Arrays.stream(text.split("\0")).filter(part -> !part.isEmpty()).toList();
    }
}
