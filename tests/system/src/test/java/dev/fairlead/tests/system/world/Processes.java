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

    /// What `FAIRLEAD_UNIT` says of a process: `FOLDER/ENVIRONMENT/UNIT/HASH/ROLE`.
    public record Mark(String environment, String unit, String role) {
        private static Mark of(String text) {
            var parts = text.split("/", -1);
            int end = parts.length;
            return new Mark(parts[end - 4], parts[end - 3], parts[end - 1]);
        }
    }

    /// A live process.
    ///
    /// @param group its process group; a unit's own process leads its group
    /// @param mark the unit that it belongs to; absent for the command, the supervisor and PostgreSQL
    public record Live(long pid, long group, String command, Optional<Mark> mark) {
        public boolean leads() {
            return pid == group;
        }

        /// kill -9.
        void killAtOnce() {
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }

        /// kill -9, and waits until it is gone.
        public void kill() {
            killAtOnce();
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

    /// The unit's process, if it runs.
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

    /// All live processes that are the unit's own; more than one means that it runs twice.
    public static List<Live> leaders(Path folder, String unit) {
        return of(folder).stream()
                .filter(Live::leads)
                .filter(process -> process.mark().filter(mark -> isMain(mark, unit)).isPresent())
                .toList();
    }

    private static boolean isMain(Mark mark, String unit) {
        return mark.unit().equals(unit) && mark.role().equals("MAIN");
    }

    /// The postmasters of the folder: the database's own process, without the children that it forked.
    public static List<Live> postmasters(Path folder) {
        return of(folder).stream()
                .filter(process -> process.command().matches("\\S*/postgres .*"))
                .filter(process -> !process.command().startsWith("postgres: "))
                .toList();
    }

    /// The supervisor of the folder: a process of ours that is no unit's.
    public static Optional<Live> supervisor(Path folder) {
        return of(folder).stream()
                .filter(process -> process.mark().isEmpty())
                .filter(process -> process.command().contains("supervis"))
                .findFirst();
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
            var mark =
                    environment.stream()
                            .filter(variable -> variable.startsWith("FAIRLEAD_UNIT="))
                            .map(variable -> variable.substring("FAIRLEAD_UNIT=".length()))
                            .map(Mark::of)
                            .findFirst();
            return Optional.of(
                    new Live(
                            Long.parseLong(process.getFileName().toString()),
                            Long.parseLong(fields[2]),
                            String.join(" ", command),
                            mark));
        } catch (IOException e) {
            return Optional.empty(); // it ended while we looked
        }
    }

    private static List<String> zeroSeparated(Path file) throws IOException {
        var text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        return Arrays.stream(text.split("\0")).filter(part -> !part.isEmpty()).toList();
    }
}
