package dev.fairlead.bench.migrate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL for one run of the comparison: that of the system, as it comes, but for more connections. Commits wait
/// for the disk.
public final class Server implements AutoCloseable {
    private static final Path RELEASES = Path.of("/usr/lib/postgresql");

    private final Path bin;
    private final Path folder;
    private final int port;
    private final Process process;
    private int databases;

    private Server(Path bin, Path folder, int port, Process process) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /// @param folder for its data, emptied first
    public static Server start(Path folder) throws IOException, InterruptedException {
        delete(folder);
        Files.createDirectories(folder);
        var bin = newest();
        int port = freePort();
        run(
                List.of(
                        bin.resolve("initdb").toString(),
                        "-D",
                        folder.resolve("data").toString(),
                        "-U",
                        "postgres",
                        "--auth=trust",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8"));
        var command = asNobody();
        command.addAll(
                List.of(
                        bin.resolve("postgres").toString(),
                        "-D",
                        folder.resolve("data").toString(),
                        "-c",
                        "port=" + port,
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "max_connections=400"));
        var process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("log").toFile())
                        .start();
        var server = new Server(bin, folder, port, process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        server.awaitReady();
        return server;
    }

    private static Path newest() throws IOException {
        if (!Files.isDirectory(RELEASES)) {
            throw new IOException(
                    "no PostgreSQL in " + RELEASES + " (Debian: apt-get install postgresql)");
        }
        try (var releases = Files.list(RELEASES)) {
            return releases.max(
                            Comparator.comparingInt(release ->
                                    Integer.parseInt(String.valueOf(release.getFileName()))))
                    .orElseThrow()
                    .resolve("bin");
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        for (int attempt = 0; attempt < 600; attempt++) {
            if (execute(List.of(program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", "" + port))
                    == 0) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IOException(
                "PostgreSQL does not start:\n" + Files.readString(folder.resolve("log")));
    }

    /// The release that runs: `15`.
    public String release() {
        return String.valueOf(RELEASES.relativize(bin).getName(0));
    }

    /// A new, empty database.
    public Address fresh() throws IOException, InterruptedException {
        var name = "b" + ++databases;
        psql("postgres", "CREATE DATABASE " + name);
        return new Address("127.0.0.1", port, name);
    }

    /// So that no run pays for the one before it.
    public void settle() throws IOException, InterruptedException {
        psql("postgres", "CHECKPOINT");
    }

    public void drop(Address database) throws IOException, InterruptedException {
        psql("postgres", "DROP DATABASE IF EXISTS " + database.name() + " WITH (FORCE)");
    }

    private void psql(String database, String sql) throws IOException, InterruptedException {
        run(
                List.of(
                        program("psql"),
                        "-X",
                        "-q",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        "" + port,
                        "-U",
                        "postgres",
                        "-c",
                        sql,
                        database));
    }

    /// The only value of a query.
    public String value(Address database, String sql) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(
                                program("psql"),
                                "-X",
                                "-A",
                                "-t",
                                "-h",
                                "127.0.0.1",
                                "-p",
                                "" + port,
                                "-U",
                                "postgres",
                                "-c",
                                sql,
                                database.name())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        var text =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(sql + " failed");
        }
        return text.strip();
    }

    /// Its folder, which lives as long as it does.
    public Path folder() {
        return folder;
    }

    /// A command that runs statements, each on its own.
    public List<String> psqlCommand(Address database, String sql) {
        return List.of(
                program("psql"),
                "-X",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                database.host(),
                "-p",
                String.valueOf(database.port()),
                "-U",
                "postgres",
                "-c",
                sql,
                database.name());
    }

    /// One of PostgreSQL's own programs.
    public String program(String name) {
        return bin.resolve(name).toString();
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        var whole = asNobody();
        whole.addAll(command);
        if (execute(whole) != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    private static int execute(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
    }

    /// PostgreSQL refuses to run as root; in a user namespace without a mapping it is nobody.
    private static List<String> asNobody() {
        return "root".equals(System.getProperty("user.name"))
                ? new ArrayList<>(List.of("unshare", "-U"))
                : new ArrayList<>();
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
