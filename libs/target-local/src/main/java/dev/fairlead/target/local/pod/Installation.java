package dev.fairlead.target.local.pod;

import dev.fairlead.inventory.cluster.PodDev;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/// Fairlead itself, copied into a folder that the pod's containers share: its Java, its jars, and the options that
/// `java @FOLDER/dev-run` starts it with.
public final class Installation {
    private static final List<String> PARTS = List.of("jre", "lib");
    private static final String OPTIONS = "dev-run";

    private Installation() {}

    /// @param home the folder that this process runs from
    public static void copy(Path home, Path to) throws IOException {
        for (var part : PARTS) {
            copyAll(home.resolve(part), to.resolve(part));
        }
        var words = new ArrayList<>(PodDev.OPTIONS);
        words.addAll(
                List.of("-cp", to.resolve("lib/fairlead.jar").toString(), PodDev.MAIN, "dev-run"));
        Files.write(to.resolve(OPTIONS), words);
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (var path : (Iterable<Path>) all::iterator) {
                var place = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(place);
                } else {
                    Files.copy(
                            path,
                            place,
                            StandardCopyOption.REPLACE_EXISTING,
                            LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }
}
