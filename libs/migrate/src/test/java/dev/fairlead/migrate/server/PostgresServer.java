package dev.fairlead.migrate.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.testkit.DebianPackage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL for tests: a cluster of its own in a temporary folder, on a free port, with a password. It ends with
/// this process, however this process ends.
public final class PostgresServer implements AutoCloseable {
    public static final String PASSWORD = "correct-horse";

    private static final Map<Release, PostgresServer> SHARED = new EnumMap<>(Release.class);

    /// `cat` ends with the process that holds the pipe; then the server does.
    private static final String LEASH =
            "exec 3<&0; \"$@\" </dev/null 3<&- & server=$!; cat <&3 >/dev/null; kill -QUIT $server; wait $server";

    /// Whose programs.
    public enum Release {
        /// The one that Debian packages, 15 at least.
        SYSTEM,
        /// The one of the jar that the target local uses, 18.
        BUNDLED
    }

    private final Path bin;
    private final Path folder;
    private final Map<String, String> settings;
    private final int port;
    private final AtomicInteger databases = new AtomicInteger();
    private Process process;

    private PostgresServer(Path bin, Path folder, Map<String, String> settings, int port) {
        this.bin = bin;
        this.folder = folder;
        this.settings = settings;
        this.port = port;
    }

    /// The one that all tests of this process share; a test makes its own database in it. Skips the test where there is
    /// none.
    public static synchronized PostgresServer shared(Release release) {
        return SHARED.computeIfAbsent(release, one -> start(one, Map.of()));
    }

    /// One of the test's own, which it may stop, break and fill.
    public static PostgresServer start(Release release, Map<String, String> settings) {
        try {
            return start(release, settings, Files.createTempDirectory("fairlead-postgres-"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The same in a folder of the test's, which is emptied at the end.
    public static PostgresServer start(Release release, Map<String, String> settings, Path folder) {
        try {
            var server = new PostgresServer(programs(release), folder, settings, freePort());
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            server.initialise();
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path programs(Release release) throws IOException {
        if (release == Release.BUNDLED) {
            return Bundled.bin();
        }
        try {
            assumeTrue(DebianPackage.POSTGRESQL.provide(), DebianPackage.POSTGRESQL.absence());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        try (var releases = Files.list(Path.of("/usr/lib/postgresql"))) {
            return releases.max(Comparator.comparing(Path::toString)).orElseThrow().resolve("bin");
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void initialise() throws IOException {
        var password = folder.resolve("password");
        Files.writeString(password, PASSWORD);
        run(
                List.of(
                        program("initdb"),
                        "-D",
                        folder.resolve("data").toString(),
                        "-U",
                        "postgres",
                        "--pwfile=" + password,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--no-sync",
                        "--no-instructions"));
    }

    /// Starts it, or starts it again after {@link #stop}.
    public void start() {
        var command = new ArrayList<>(List.of("sh", "-c", LEASH, "sh"));
        command.addAll(asNobody());
        command.addAll(List.of(program("postgres"), "-D", folder.resolve("data").toString()));
        var all = new java.util.TreeMap<String, String>();
        all.put("listen_addresses", "127.0.0.1");
        all.put("port", String.valueOf(port));
        all.put("unix_socket_directories", "");
        all.put("fsync", "off"); // the machine does not lose power in a test
        all.put("max_connections", "200");
        all.put("shared_buffers", "64MB");
        all.putAll(settings);
        all.forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            folder.resolve("log").toFile()))
                            .start();
            awaitConnections();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitConnections() throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (true) {
            try (var _ = connect("postgres")) {
                return;
            } catch (SQLException e) {
                if (System.nanoTime() - deadline > 0 || !process.isAlive()) {
                    throw new IllegalStateException(
                            "PostgreSQL does not start:\n"
                                    + Files.readString(folder.resolve("log")),
                            e);
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Ends it at once, as a crash does: nobody's transaction is completed.
    public void stop() {
        try {
            process.getOutputStream().close();
            process.waitFor();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// A new, empty database.
    public Db fresh() {
        return fresh("template1");
    }

    /// A new database with everything that is in another, as a restored dump has it.
    public Db copyOf(Db other) {
        return fresh(other.name());
    }

    Db fresh(String template) {
        var name = "db" + databases.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        return new Db(this, name);
    }

    void drop(String database) {
        execute("DROP DATABASE " + database + " WITH (FORCE)");
    }

    private void execute(String sql) {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database, "postgres", PASSWORD);
    }

    public int port() {
        return port;
    }

    /// Whether pg_dump came with it.
    public boolean hasDump() {
        return Files.exists(bin.resolve("pg_dump"));
    }

    /// The output of one of PostgreSQL's programs.
    String run(List<String> command) {
        var whole = new ArrayList<>(asNobody());
        whole.addAll(command);
        var builder = new ProcessBuilder(whole).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", PASSWORD);
        builder.environment().put("LC_ALL", "C.UTF-8");
        try {
            var started = builder.start();
            var output =
                    new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (started.waitFor() != 0) {
                throw new IllegalStateException(whole + ":\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String program(String name) {
        return bin.resolve(name).toString();
    }

    /// PostgreSQL refuses to run as root; in a user namespace without a mapping it is nobody, with root's files.
    private static List<String> asNobody() {
        return "root".equals(System.getProperty("user.name"))
                ? List.of("unshare", "-U")
                : List.of();
    }

    @Override
    public void close() {
        if (process != null) {
            stop();
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException _) {
            // the system clears its temporary folder
        }
    }
}
