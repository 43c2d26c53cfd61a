package dev.fairlead.migrate.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A disk of a few megabytes in memory, for tests that fill it. Only root may make one: elsewhere the test is skipped.
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    private SmallDisk(Path folder) {
        this.folder = folder;
    }

    public static SmallDisk of(int megabytes) throws IOException {
        var folder = Files.createTempDirectory("fairlead-disk-");
        var failed =
                run(
                        List.of(
                                "mount",
                                "-t",
                                "tmpfs",
                                "-o",
                                size(megabytes),
                                "none",
                                folder.toString()));
        if (!failed.isEmpty()) {
            Files.delete(folder);
        }
        assumeTrue(failed.isEmpty(), "a small disk needs root and mount: " + failed);
        return new SmallDisk(folder);
    }

    private static String size(int megabytes) {
        return "size=" + megabytes + "m,mode=0777";
    }

    public Path folder() {
        return folder;
    }

    /// Somebody made room.
    public void grow(int megabytes) {
        var failed = run(List.of("mount", "-o", "remount," + size(megabytes), folder.toString()));
        if (!failed.isEmpty()) {
            throw new IllegalStateException(failed);
        }
    }

    /// @return what went wrong; empty when nothing did
    private static String run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : "failed: " + said.strip();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        run(List.of("umount", folder.toString()));
        Files.deleteIfExists(folder);
    }
}
