package dev.fairlead.cli.tool;

import dev.fairlead.cli.tool.MachineCheck.Finding.Weight;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What this machine has of the things that Fairlead and its stacks need. Only looks; changes nothing.
final class MachineCheck {
    private static final long ROOM = 1L << 30;
    private static final int WATCHES = 8192;

    /// @param subject what was looked at
    /// @param hint how to get it, when something is missing
    record Finding(String subject, Weight weight, String what, Optional<String> hint) {
        enum Weight {
            OK,
            /// Some stacks or features cannot be used.
            LIMITED,
            /// Nothing can be started.
            MISSING;

            String word() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        static Finding ok(String subject, String what) {
            return new Finding(subject, Weight.OK, what, Optional.empty());
        }
    }

    private final Path folder;
    private final Map<String, String> environment;

    MachineCheck(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    List<Finding> findings() {
        return List.of(
                system(),
                Finding.ok("java", Runtime.version() + " in " + System.getProperty("java.home")),
                processors(),
                state(),
                room(),
                cache(),
                watches(),
                postgres(),
                tool(
                        "git",
                        "the state of several worktrees is kept together",
                        "apt-get install git"));
    }

    private static Finding system() {
        var name = System.getProperty("os.name");
        var arch = System.getProperty("os.arch");
        if (!name.equals("Linux")) {
            return new Finding(
                    "system",
                    Weight.MISSING,
                    name + " is not supported: units are supervised through Linux",
                    Optional.of("on Windows, run Fairlead inside WSL"));
        }
        return arch.equals("amd64")
                ? Finding.ok("system", "Linux " + System.getProperty("os.version") + " " + arch)
                : new Finding(
                        "system",
                        Weight.LIMITED,
                        "Linux " + arch + ": the builtin postgres has binaries for amd64 only",
                        Optional.of("run PostgreSQL as a unit with a command of your own"));
    }

    private static Finding processors() {
        var runtime = Runtime.getRuntime();
        return Finding.ok("processors", String.valueOf(runtime.availableProcessors()));
    }

    private Finding state() {
        var state = folder.resolve(".fairlead");
        var writable = Files.isWritable(Files.exists(state) ? state : folder);
        return writable
                ? Finding.ok(
                        "state", state + (Files.exists(state) ? "" : " (made by the first up)"))
                : new Finding(
                        "state",
                        Weight.MISSING,
                        "no permission to write " + state,
                        Optional.of("make the folder of the stack writable for you"));
    }

    private Finding room() {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            var what = "%.1f GiB free".formatted(free / (double) ROOM);
            return free >= ROOM
                    ? Finding.ok("disk", what)
                    : new Finding(
                            "disk",
                            Weight.LIMITED,
                            what + ": a database needs more",
                            Optional.of("free at least 1 GiB at " + folder));
        } catch (IOException e) {
            return new Finding(
                    "disk", Weight.LIMITED, "the room on disk is unknown", Optional.empty());
        }
    }

    private Finding cache() {
        var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        var base = environment.getOrDefault("XDG_CACHE_HOME", home + "/.cache");
        return Finding.ok(
                "cache",
                "extracted binaries and the kinds of clusters are kept in "
                        + Path.of(base, "fairlead"));
    }

    private static Finding watches() {
        try {
            var limit = Files.readString(Path.of("/proc/sys/fs/inotify/max_user_watches")).strip();
            return Long.parseLong(limit) >= WATCHES
                    ? Finding.ok("file watches", limit)
                    : new Finding(
                            "file watches",
                            Weight.LIMITED,
                            limit + " may be too few for hot reload",
                            Optional.of("sysctl fs.inotify.max_user_watches=65536"));
        } catch (IOException | NumberFormatException e) {
            return new Finding(
                    "file watches",
                    Weight.LIMITED,
                    "this system has no inotify: hot reload looks at the files instead",
                    Optional.empty());
        }
    }

    /// PostgreSQL refuses to run as root, so root needs a way to run it as somebody else.
    private Finding postgres() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return Finding.ok("postgres", "the builtin runs as " + System.getProperty("user.name"));
        }
        return tool(
                "unshare",
                "the builtin postgres runs in a user namespace of its own",
                "apt-get install util-linux");
    }

    private Finding tool(String name, String purpose, String remedy) {
        return find(name)
                .map(path -> Finding.ok(name, path + ": " + purpose))
                .orElseGet(() ->
                        new Finding(
                                name,
                                Weight.LIMITED,
                                "not on the PATH; with it, " + purpose,
                                Optional.of(remedy)));
    }

    private Optional<Path> find(String name) {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
