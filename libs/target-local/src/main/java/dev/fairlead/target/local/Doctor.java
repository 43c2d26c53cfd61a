package dev.fairlead.target.local;

import dev.fairlead.target.local.postgres.Binaries;
import dev.fairlead.target.local.postgres.CacheFolder;
import dev.fairlead.target.local.state.Home;
import dev.fairlead.target.local.system.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Looks whether this machine can run units.
final class Doctor {
    private static final long ROOM = 1L << 30;
    private static final int GLIBC_MINOR =
            34; // the first with posix_spawn_file_actions_addclosefrom_np
    private static final int WATCHES = 8192;
    private static final Path UNSHARE = Path.of("/usr/bin/unshare");

    private final Home home;
    private final Map<String, String> variables;

    Doctor(Home home, Map<String, String> variables) {
        this.home = home;
        this.variables = variables;
    }

    List<Check> checks() {
        var checks = new ArrayList<Check>();
        checks.add(system());
        if (!System.getProperty("os.name").equals("Linux")) {
            return checks; // the others read what only Linux has
        }
        checks.add(libc());
        checks.add(architecture());
        if (User.isRoot()) {
            checks.add(namespaces());
        }
        checks.add(writable("state folder", home.folder()));
        checks.add(writable("extracted programs", CacheFolder.of(variables)));
        checks.add(room());
        checks.add(watches());
        return checks;
    }

    private static Check check(String name, boolean ok, String found, String advice) {
        return new Check(name, ok, found, ok ? Optional.empty() : Optional.of(advice));
    }

    private static Check system() {
        var name = System.getProperty("os.name");
        return check(
                "system",
                name.equals("Linux"),
                name + " " + System.getProperty("os.version"),
                "the target local needs Linux, or WSL on Windows");
    }

    private static Check libc() {
        String version;
        try {
            version = User.libcVersion();
        } catch (RuntimeException e) {
            version = "another C library";
        }
        var matcher = Pattern.compile("2\\.(\\d+)").matcher(version);
        boolean ok = matcher.lookingAt() && Integer.parseInt(matcher.group(1)) >= GLIBC_MINOR;
        return check(
                "glibc",
                ok,
                version,
                "glibc 2.34 or newer is needed: a current distribution has it");
    }

    private static Check architecture() {
        var architecture = System.getProperty("os.arch");
        return check(
                "architecture",
                architecture.equals("amd64"),
                architecture,
                "the builtin postgres " + Binaries.VERSION + " is there for x86-64 only");
    }

    /// PostgreSQL refuses to run as root and is given a user namespace.
    private static Check namespaces() {
        boolean unshare = Files.isExecutable(UNSHARE);
        boolean allowed = number("/proc/sys/user/max_user_namespaces").orElse(0L) > 0;
        return check(
                "user namespaces",
                unshare && allowed,
                (unshare ? "unshare is there" : "no " + UNSHARE)
                        + (allowed ? ", namespaces are allowed" : ", namespaces are switched off"),
                "install util-linux and allow user.max_user_namespaces, or work as an ordinary user");
    }

    private static Check writable(String name, Path folder) {
        var existing = existing(folder);
        return check(
                name,
                Files.isWritable(existing),
                folder + (Files.exists(folder) ? "" : " (not there yet)"),
                "make " + existing + " writable for this user");
    }

    private Check room() {
        try {
            long free = Files.getFileStore(existing(home.folder())).getUsableSpace();
            return check(
                    "free disk space",
                    free >= ROOM,
                    (free >> 20) + " MiB",
                    "1 GiB is little enough for databases and output");
        } catch (IOException e) {
            return check("free disk space", false, "unknown", String.valueOf(e.getMessage()));
        }
    }

    private static Check watches() {
        long watches = number("/proc/sys/fs/inotify/max_user_watches").orElse(0L);
        long instances = number("/proc/sys/fs/inotify/max_user_instances").orElse(0L);
        return check(
                "file events",
                watches >= WATCHES && instances >= 64,
                watches + " watches, " + instances + " watchers",
                "raise fs.inotify.max_user_watches and max_user_instances; until then files are looked at every second");
    }

    private static Optional<Long> number(String file) {
        try {
            return Optional.of(Long.parseLong(Files.readString(Path.of(file)).strip()));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Path existing(Path folder) {
        var existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return existing;
    }
}
