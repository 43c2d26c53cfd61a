package dev.fairlead.inventory.image;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How an image is made.
public sealed interface Recipe {
    /// The folder that it is made from.
    Path context();

    /// By a Dockerfile, through a builder of the machine.
    ///
    /// @param target the stage that is built; the last one where none is said
    record Dockerfile(
            Path root,
            Path context,
            Path file,
            Optional<String> target,
            SortedMap<String, String> arguments)
            implements Recipe {
        public Dockerfile {
            arguments = Collections.unmodifiableSortedMap(new TreeMap<>(arguments));
        }
    }

    /// By Fairlead itself: files in layers over a base.
    ///
    /// @param root the folder that the files of layers are relative to
    /// @param base an image of a registry; none for an image of the layers alone
    /// @param build a command that makes the files, run in the context; empty where they are there
    /// @param command what the image runs; empty where that is said elsewhere
    record Layered(
            Path root,
            Path context,
            Optional<String> base,
            List<String> build,
            List<Layer> layers,
            List<String> command)
            implements Recipe {
        public Layered {
            build = List.copyOf(build);
            layers = List.copyOf(layers);
            command = List.copyOf(command);
        }
    }

    /// Files and where they lie in the image.
    ///
    /// @param files a glob, relative to the stack's folder; the files keep their paths below its fixed part. Or
    ///     {@link #FAIRLEAD}
    /// @param into a folder of the image
    /// @param tracked without what git ignores
    record Layer(String files, String into, boolean tracked) {
        /// Stands for the programs of this Fairlead itself; no glob of a stack reads like that.
        public static final String FAIRLEAD = "fairlead:";
    }
}
