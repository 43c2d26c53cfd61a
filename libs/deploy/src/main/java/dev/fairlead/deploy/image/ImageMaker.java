package dev.fairlead.deploy.image;

import dev.fairlead.inventory.image.Image;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The port to registries and builders.
public interface ImageMaker {
    /// Where no image is made: on local, and on the way back to a revision.
    ImageMaker NONE =
            new ImageMaker() {
                @Override
                public SortedMap<String, Seen> look(Collection<Image> images) {
                    return new TreeMap<>();
                }

                @Override
                public String make(Image image, boolean push, Consumer<String> progress) {
                    throw new IllegalStateException("no image is made here: " + image.name());
                }
            };

    /// What registries have of images, by name. Writes nothing; a registry that does not answer is an answer too.
    SortedMap<String, Seen> look(Collection<Image> images) throws InterruptedException;

    /// Makes one be there, unless it is: builds and pushes it, or copies it. Safe for several threads.
    ///
    /// @param push whether it goes to its registry; otherwise it only stays on this machine
    /// @param progress one line without a full stop
    /// @return the digest of its manifest; without a push, where it lies
    /// @throws dev.fairlead.diagnostic.ProblemException when it cannot be
    String make(Image image, boolean push, Consumer<String> progress) throws InterruptedException;

    /// What a registry has of an image.
    sealed interface Seen {
        /// It is there.
        record There(String digest) implements Seen {}

        /// It is not there.
        ///
        /// @param source the digest of what it is copied from, where that is known
        record Missing(java.util.Optional<String> source) implements Seen {}

        /// Nobody knows.
        record Unknown(String why) implements Seen {}
    }
}
