package dev.fairlead.migrate.sql;

import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// A PostgreSQL server of a test: every statement that it is sent stands in its log.
public final class RealServer implements AutoCloseable {
    /// Begins an entry of the log: application, SQLSTATE.
    static final String PREFIX = "@@%a|%e| ";

    private final Process process;
    private final int port;
    private final Path log;

    private RealServer(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /// The folder of the programs of the newest server that the system has, with psql in it.
    public static Optional<Path> ofTheSystem() throws IOException {
        var versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (var folders = Files.list(versions)) {
            return folders.map(folder -> folder.resolve("bin"))
                    .filter(bin ->
                            Files.isExecutable(bin.resolve("initdb"))
                                    && Files.isExecutable(bin.resolve("psql")))
                    .max(
                            Comparator.comparingInt(bin ->
                                    Integer.parseInt(bin.getParent().getFileName().toString())));
        }
    }

    /// The folder of the programs of the server that comes as a jar.
    static Path embedded(Path folder) throws IOException {
        try (var packed = RealServer.class.getResourceAsStream("/postgres-linux-x86_64.txz");
                var tar =
                        new TarArchiveInputStream(
                                new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                var path = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path);
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
        return folder.resolve("bin");
    }

    static RealServer start(Path programs, Path folder) throws Exception {
        var data = folder.resolve("data").toString();
        var log = folder.resolve("log");
        int made =
                builder(
                                folder.resolve("initdb.log"),
                                programs.resolve("initdb").toString(),
                                "-D",
                                data,
                                "-U",
                                "postgres",
                                "--auth=trust",
                                "--encoding=UTF8",
                                "--locale=C.UTF-8",
                                "--no-sync")
                        .start()
                        .waitFor();
        if (made != 0) {
            throw new IOException(Files.readString(folder.resolve("initdb.log")));
        }
        int port = freePort();
        var settings =
                List.of(
                        "listen_addresses=127.0.0.1",
                        "port=" + port,
                        "unix_socket_directories=",
                        "fsync=off",
                        "log_statement=all",
                        "log_line_prefix=" + PREFIX,
                        "max_prepared_transactions=5",
                        "wal_level=logical",
                        "lc_messages=C");
        var command = new ArrayList<>(List.of(programs.resolve("postgres").toString(), "-D", data));
        settings.forEach(setting -> command.addAll(List.of("-c", setting)));
        var server =
                new RealServer(builder(log, command.toArray(String[]::new)).start(), port, log);
        server.awaitReady();
        return server;
    }

    private static ProcessBuilder builder(Path output, String... command) {
        var all = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            // PostgreSQL refuses to run as root; in a user namespace without a mapping it is
            // nobody.
            all.addAll(List.of("/usr/bin/unshare", "-U"));
        }
        all.addAll(Arrays.asList(command));
        return new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(output.toFile());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws Exception {
        var deadline = Deadline.in(Duration.ofMinutes(1), Ticker.SYSTEM);
        while (true) {
            try {
                connect().close();
                return;
            } catch (SQLException e) {
                if (deadline.passed() || !process.isAlive()) {
                    throw new IOException(Files.readString(log), e);
                }
                Ticker.SYSTEM.pause(Duration.ofMillis(50));
            }
        }
    }

    public Connection connect() throws SQLException {
        return connect("postgres");
    }

    public Connection connect(String database) throws SQLException {
        // The simple protocol, so that the server sees what is written here and nothing around it.
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres&preferQueryMode=simple&connectTimeout=5"
                        .formatted(port, database));
    }

    int port() {
        return port;
    }

    Path log() {
        return log;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
