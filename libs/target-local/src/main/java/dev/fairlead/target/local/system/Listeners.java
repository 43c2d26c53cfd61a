package dev.fairlead.target.local.system;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/// Who listens on which TCP port of this machine. Taken from the kernel's tables: nothing is bound to find out.
public final class Listeners {
    private static final String LISTEN = "0A";
    private static final List<String> TABLES = List.of("/proc/net/tcp", "/proc/net/tcp6");
    private static final List<String> LOOPBACK_OR_ANY =
            List.of(
                    "00000000",
                    "0100007F",
                    "00000000000000000000000000000000",
                    "00000000000000000000000001000000",
                    "0000000000000000FFFF00000100007F");

    private static final int LOOKS = 10;
    private static final long LOOK_NANOS = 20_000_000;

    private final Map<Integer, Long> inodes;

    private Listeners(Map<Integer, Long> inodes) {
        this.inodes = inodes;
    }

    /// The listeners of this moment that 127.0.0.1 cannot be shared with.
    public static Listeners now() {
        var inodes = new HashMap<Integer, Long>();
        for (var table : TABLES) {
            lines(Path.of(table)).stream()
                    .skip(1)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields.length > 9 && fields[3].equals(LISTEN))
                    .forEach(fields -> note(inodes, fields));
        }
        return new Listeners(inodes);
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of(); // a machine without IPv6 has no tcp6
        }
    }

    private static void note(Map<Integer, Long> inodes, String[] fields) {
        int colon = fields[1].indexOf(':');
        if (LOOPBACK_OR_ANY.contains(fields[1].substring(0, colon))) {
            inodes.put(
                    Integer.parseInt(fields[1].substring(colon + 1), 16),
                    Long.parseLong(fields[9]));
        }
    }

    /// Who listens on a port.
    ///
    /// @param pid empty for a process of another user, which the kernel hides
    /// @param description `java (pid 4711)`
    public record Holder(Optional<Integer> pid, String description) {}

    /// Who holds a port now. A process that is just ending shows no files any more while its port still listens: that
    /// is waited for, for a moment.
    public static Optional<Holder> holderOf(int port) {
        for (int i = 0; i < LOOKS; i++) {
            var listeners = now();
            if (!listeners.has(port)) {
                return Optional.empty();
            }
            var pid = listeners.holder(port);
            if (pid.isPresent()) {
                return Optional.of(new Holder(pid, ProcessTable.describe(pid.get())));
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return Optional.of(new Holder(Optional.empty(), "a process of another user"));
    }

    /// Where processes listen, on whatever address: `127.0.0.1:8080`, `*:80`.
    public static SortedSet<String> of(Collection<Integer> pids) {
        var sockets = new HashMap<String, String>();
        for (var table : TABLES) {
            lines(Path.of(table)).stream()
                    .skip(1)
                    .map(line -> line.strip().split("\\s+"))
                    .filter(fields -> fields.length > 9 && fields[3].equals(LISTEN))
                    .forEach(fields -> sockets.put("socket:[" + fields[9] + "]", shown(fields[1])));
        }
        var found = new TreeSet<String>();
        pids.forEach(pid ->
                files(pid).stream()
                        .filter(sockets::containsKey)
                        .forEach(file -> found.add(Objects.requireNonNull(sockets.get(file)))));
        return found;
    }

    private static String shown(String local) {
        int colon = local.indexOf(':');
        var address = local.substring(0, colon);
        int port = Integer.parseInt(local.substring(colon + 1), 16);
        return (address.matches("0+") ? "*" : numbers(address)) + ":" + port;
    }

    /// The kernel writes words of four bytes, each with the lowest first.
    private static String numbers(String hex) {
        var bytes = new byte[hex.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int at = (i / 4) * 4 + 3 - i % 4;
            bytes[i] = (byte) Integer.parseInt(hex.substring(at * 2, at * 2 + 2), 16);
        }
        try {
            var address = InetAddress.getByAddress(bytes);
            var text = address.getHostAddress();
            return address instanceof Inet6Address
                    ? "[" + text.replaceFirst("^(0:){7}", "::") + "]"
                    : text;
        } catch (UnknownHostException e) {
            return hex;
        }
    }

    public boolean has(int port) {
        return inodes.containsKey(port);
    }

    private Optional<Integer> holder(int port) {
        var inode = inodes.get(port);
        if (inode == null) {
            return Optional.empty();
        }
        var wanted = "socket:[" + inode + "]";
        return ProcessTable.all().stream()
                .map(ProcessTable.Entry::pid)
                .filter(pid -> holds(pid, wanted))
                .findFirst();
    }

    private static boolean holds(int pid, String wanted) {
        return files(pid).contains(wanted);
    }

    /// What a process has open; nothing of one that ended, or that is another user's.
    private static Set<String> files(int pid) {
        var found = new HashSet<String>();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of("/proc", Integer.toString(pid), "fd"))) {
            for (var file : files) {
                if (Files.isSymbolicLink(file)) {
                    found.add(Files.readSymbolicLink(file).toString());
                }
            }
        } catch (IOException
                | java.io.UncheckedIOException
                | java.nio.file.DirectoryIteratorException e) {
            return found;
        }
        return found;
    }
}
