package dev.fairlead.migrate.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Objects;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// The programs of the jar, unpacked once per process.
final class Bundled {
    private static Path folder;

    private Bundled() {}

    static synchronized Path bin() throws IOException {
        if (folder == null) {
            var fresh = Files.createTempDirectory("fairlead-postgresql-18-");
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpack(fresh);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(fresh)));
            folder = fresh;
        }
        return folder.resolve("bin");
    }

    private static void unpack(Path into) throws IOException {
        try (var packed =
                        Objects.requireNonNull(
                                Bundled.class.getResourceAsStream("/postgres-linux-x86_64.txz"));
                var tar =
                        new TarArchiveInputStream(
                                new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = into.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(path.getParent());
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(tar, path);
                    boolean program = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            path,
                            PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException _) {
            // the system clears its temporary folder
        }
    }
}
