package dev.fairlead.target.local.postgres;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.state.LocalCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// PostgreSQL's programs, extracted once into the user's cache folder.
public final class Binaries {
    /// The version in the jar; part of the folder's name, so that another version never mixes with it.
    public static final String VERSION = "18.6.0";

    private static final String RESOURCE = "/postgres-linux-x86_64.txz";

    private final Path cache;

    /// @param cache `$XDG_CACHE_HOME/fairlead`
    public Binaries(Path cache) {
        this.cache = cache;
    }

    /// The folder that they lie in, whether they are there or not.
    public Path folder() {
        return cache.resolve("postgresql-" + VERSION + "-linux-x86_64");
    }

    /// Extracts them where they are not there yet. Two at once do the same work; the first one's counts.
    ///
    /// @return the folder `bin`
    public Path require() {
        var bin = folder().resolve("bin");
        if (Files.isExecutable(bin.resolve("postgres"))) {
            return bin;
        }
        var arch = System.getProperty("os.arch");
        if (!arch.equals("amd64")) {
            throw Problem.error(
                            LocalCode.PLATFORM_UNSUPPORTED,
                            "the embedded PostgreSQL is there for x86-64 only, this is " + arch)
                    .thrown();
        }
        Durable.folder(cache);
        try {
            var fresh = Files.createTempDirectory(cache, ".postgresql-");
            try (var packed = Binaries.class.getResourceAsStream(RESOURCE)) {
                if (packed == null) {
                    throw new IllegalStateException(RESOURCE + " is not on the class path");
                }
                extract(packed, fresh);
            }
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
            install(fresh);
        } catch (IOException e) {
            throw Durable.notWritable(cache, e);
        }
        return bin;
    }

    private void install(Path fresh) throws IOException {
        try {
            Files.move(fresh, folder(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Durable.deleteFolder(fresh);
            if (!Files.isDirectory(folder())) {
                throw e;
            }
        }
    }

    private static void extract(InputStream packed, Path into) throws IOException {
        try (var tar =
                new TarArchiveInputStream(
                        new XZCompressorInputStream(new BufferedInputStream(packed)))) {
            TarArchiveEntry entry;
            while ((entry = tar.getNextEntry()) != null) {
                var path = into.resolve(entry.getName()).normalize();
                if (!path.startsWith(into)) {
                    throw new IOException("an entry leads out of the archive: " + entry.getName());
                }
                one(tar, entry, path);
            }
        }
    }

    private static void one(TarArchiveInputStream tar, TarArchiveEntry entry, Path path)
            throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        var parent = path.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, path);
            Files.setPosixFilePermissions(path, permissions(entry.getMode()));
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        var permissions =
                EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        if ((mode & 0100) != 0) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
        }
        // In a user namespace root's files belong to nobody: others must be able to read and run
        // them.
        permissions.add(PosixFilePermission.OTHERS_READ);
        permissions.add(PosixFilePermission.GROUP_READ);
        if ((mode & 0100) != 0) {
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
        }
        return permissions;
    }
}
