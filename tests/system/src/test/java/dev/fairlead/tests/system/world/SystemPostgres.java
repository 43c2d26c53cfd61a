package dev.fairlead.tests.system.world;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.testkit.DebianPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The PostgreSQL that Debian packages (15 at least), as somebody else's database: a cluster of its own on a free port.
public final class SystemPostgres implements AutoCloseable {
    private static final String PASSWORD = "correct-horse";

    /// `cat` ends with the process that holds the pipe; then the server does.
    private static final String LEASH =
            "exec 3<&0; \"$@\" </dev/null 3<&- & server=$!; cat <&3 >/dev/null; kill -QUIT $server; wait $server";

    private final Path folder;
    private final int port;
    private final Process process;

    private SystemPostgres(Path folder, int port, Process process) {
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /// Skips the test where there is none.
    public static SystemPostgres start() {
        try {
            assumeTrue(DebianPackage.POSTGRESQL.provide(), DebianPackage.POSTGRESQL.absence());
            var bin = programs();
            var folder = Files.createTempDirectory("fairlead-postgres-");
            var password = Files.writeString(folder.resolve("password"), PASSWORD);
            var data = folder.resolve("data").toString();
            var init = asNobody();
            init.addAll(List.of(bin.resolve("initdb").toString(), "-D", data, "-U", "postgres"));
            init.addAll(List.of("--pwfile=" + password, "--auth=scram-sha-256", "--no-sync"));
            init.addAll(List.of("--encoding=UTF8", "--locale=C.UTF-8"));
            var made = new ProcessBuilder(init).redirectErrorStream(true).start();
            var said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (made.waitFor() != 0) {
                throw new AssertionError(said);
            }
            int port = freePort();
            var run = new ArrayList<>(List.of("sh", "-c", LEASH, "sh"));
            run.addAll(asNobody());
            run.addAll(List.of(bin.resolve("postgres").toString(), "-D", data));
            run.addAll(List.of("-c", "port=" + port, "-c", "listen_addresses=127.0.0.1"));
            run.addAll(List.of("-c", "unix_socket_directories=", "-c", "fsync=off"));
            var log = folder.resolve("log").toFile();
            var server = new ProcessBuilder(run).redirectErrorStream(true).redirectOutput(log);
            var started = new SystemPostgres(folder, port, server.start());
            Await.until("PostgreSQL answers", Duration.ofSeconds(60), started::answers);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Path programs() throws IOException {
        try (var releases = Files.list(Path.of("/usr/lib/postgresql"))) {
            return releases.max(Comparator.comparing(Path::toString)).orElseThrow().resolve("bin");
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// PostgreSQL refuses to run as root; in a user namespace without a mapping it is nobody, with root's files.
    private static List<String> asNobody() {
        return "root".equals(System.getProperty("user.name"))
                ? new ArrayList<>(List.of("unshare", "-U"))
                : new ArrayList<>();
    }

    private boolean answers() throws SQLException {
        run("SELECT 1");
        return true;
    }

    /// As people write it.
    public String url() {
        return "postgresql://postgres:%s@127.0.0.1:%d/postgres".formatted(PASSWORD, port);
    }

    public void run(String sql) throws SQLException {
        var url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
        try (var connection = DriverManager.getConnection(url, "postgres", PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public static String password() {
        return PASSWORD;
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            process.waitFor();
            try (var files = Files.walk(folder)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
