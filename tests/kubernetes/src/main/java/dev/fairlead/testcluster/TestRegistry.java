package dev.fairlead.testcluster;

import dev.fairlead.testkit.DebianPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/// A real image registry of one test class: Debian's `docker-registry`, with a port and a folder of its own. On this machine
/// it is reached as `localhost:PORT`, by plain HTTP.
public final class TestRegistry implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final long END_SECONDS = 20;

    private final Process process;
    private final Path folder;
    private final int port;

    private TestRegistry(Process process, Path folder, int port) {
        this.process = process;
        this.folder = folder;
        this.port = port;
    }

    /// Starts one; skips the test where there is none.
    public static TestRegistry start() throws IOException, InterruptedException {
        if (!DebianPackage.REGISTRY.provide()) {
            var absence = DebianPackage.REGISTRY.absence();
            System.out.println(absence);
            throw new TestAbortedException(absence);
        }
        var folder = Files.createTempDirectory("fairlead-registry");
        int port = freePort();
        var config = folder.resolve("config.yml");
        Files.writeString(
                config,
                """
                version: 0.1
                log: { level: error, accesslog: { disabled: true } }
                storage: { filesystem: { rootdirectory: %s }, delete: { enabled: true } }
                http: { addr: ":%d" }
                """
                        .formatted(folder.resolve("data"), port));
        var log = folder.resolve("log");
        var process =
                new ProcessBuilder("docker-registry", "serve", config.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        var registry = new TestRegistry(process, folder, port);
        registry.await(log);
        return registry;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void await(Path log) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new AssertionError("the registry does not start: " + Files.readString(log));
            }
            Thread.sleep(50);
        }
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// `localhost:PORT`, as it stands in names of images.
    public String host() {
        return "localhost:" + port;
    }

    int port() {
        return port;
    }

    /// Where it keeps what was pushed.
    public Path data() {
        return folder.resolve("data");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
