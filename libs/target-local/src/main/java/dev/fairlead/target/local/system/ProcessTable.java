package dev.fairlead.target.local.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The processes of this machine, as `/proc` shows them. Zombies count as ended.
public final class ProcessTable {
    private static final Path PROC = Path.of("/proc");

    /// In a second: what Linux shows to programs, whatever it counts in itself.
    private static final int TICKS = 100;

    private ProcessTable() {}

    /// One process.
    ///
    /// @param start when it started, in clock ticks since the boot: with the pid it names a process for good
    public record Entry(int pid, int group, long start, boolean zombie) {}

    public static Optional<Entry> find(int pid) {
        try {
            var stat =
                    Files.readString(
                            PROC.resolve(Integer.toString(pid)).resolve("stat"),
                            StandardCharsets.ISO_8859_1);
            // The name in brackets may hold anything, brackets and blanks too.
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 21);
            boolean ended = fields[0].equals("Z") || fields[0].equals("X");
            // The first thread of a killed process ends before the others, which still hold its
            // files and locks.
            boolean zombie = ended && threads(pid) <= 1;
            return Optional.of(
                    new Entry(
                            pid, Integer.parseInt(fields[2]), Long.parseLong(fields[19]), zombie));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // it ended while we looked
        }
    }

    /// How long a process has been there, whatever the clock of this machine was set to meanwhile.
    public static Duration age(Entry process) {
        try {
            var up = Files.readString(PROC.resolve("uptime"), StandardCharsets.ISO_8859_1);
            double seconds = Double.parseDouble(up.substring(0, up.indexOf(' ')));
            long millis = (long) (seconds * 1_000) - process.start() * 1_000 / TICKS;
            return Duration.ofMillis(Math.max(0, millis));
        } catch (IOException e) {
            throw new IllegalStateException("/proc cannot be read", e);
        }
    }

    /// Whether it was told to stand still (SIGSTOP, a debugger), and does.
    public static boolean stopped(int pid) {
        try {
            var stat =
                    Files.readString(
                            PROC.resolve(Integer.toString(pid)).resolve("stat"),
                            StandardCharsets.ISO_8859_1);
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state == 'T' || state == 't';
        } catch (IOException | RuntimeException e) {
            return false; // it ended while we looked
        }
    }

    private static int threads(int pid) {
        var tasks = PROC.resolve(Integer.toString(pid)).resolve("task").toFile().list();
        return tasks == null ? 0 : tasks.length;
    }

    /// Every living process.
    public static List<Entry> all() {
        var found = new ArrayList<Entry>();
        forEach(found::add);
        return found;
    }

    /// Every living process, each as soon as it is seen.
    public static void forEach(Consumer<Entry> consumer) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (var entry : entries) {
                find(Integer.parseInt(entry.getFileName().toString()))
                        .filter(process -> !process.zombie())
                        .ifPresent(consumer);
            }
        } catch (IOException e) {
            throw new IllegalStateException("/proc cannot be read", e);
        }
    }

    /// The value of a variable in the environment that a process was started with; empty when it has none or is another
    /// user's.
    public static Optional<String> variable(int pid, String name) {
        try {
            var bytes = Files.readAllBytes(PROC.resolve(Integer.toString(pid)).resolve("environ"));
            var text = new String(bytes, StandardCharsets.ISO_8859_1);
            var key = name + "=";
            int at = text.startsWith(key) ? 0 : text.indexOf('\0' + key) + 1;
            if (at == 0 && !text.startsWith(key)) {
                return Optional.empty();
            }
            int end = text.indexOf('\0', at);
            return Optional.of(text.substring(at + key.length(), end < 0 ? text.length() : end));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// The environment that a process was started with, as far as it can be read: another user's cannot.
    public static Map<String, String> environment(int pid) {
        var variables = new TreeMap<String, String>();
        for (var entry : entries(pid, "environ")) {
            int at = entry.indexOf('=');
            if (at > 0) {
                variables.put(entry.substring(0, at), entry.substring(at + 1));
            }
        }
        return variables;
    }

    /// The words of a process's command line; none when it cannot be read.
    public static List<String> command(int pid) {
        return entries(pid, "cmdline");
    }

    private static List<String> entries(int pid, String file) {
        try {
            var text =
                    Files.readString(
                            PROC.resolve(Integer.toString(pid)).resolve(file),
                            StandardCharsets.UTF_8);
            return text.isEmpty() ? List.of() : List.of(text.split("\0"));
        } catch (IOException e) {
            return List.of(); // it ended, is another user's, or holds no text
        }
    }

    /// The folder that a process works in.
    public static Optional<Path> folder(int pid) {
        try {
            return Optional.of(
                    Files.readSymbolicLink(PROC.resolve(Integer.toString(pid)).resolve("cwd")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// `java (pid 4711)`.
    public static String describe(int pid) {
        try {
            var name =
                    Files.readString(
                                    PROC.resolve(Integer.toString(pid)).resolve("comm"),
                                    StandardCharsets.ISO_8859_1)
                            .strip();
            return name + " (pid " + pid + ")";
        } catch (IOException e) {
            return "pid " + pid;
        }
    }
}
