package dev.fairlead.inventory.image;

import dev.fairlead.diagnostic.Place;
import java.util.Optional;

/// An image that units of an environment run from.
public sealed interface Image {
    String name();

    Place place();

    /// How manifests name it, as long as no digest is known.
    String reference();

    /// One that is built: its tag follows from what goes into it, so that the same inputs are never built twice.
    ///
    /// @param inputs the digest of everything that goes into it
    record Built(String name, Place place, String repository, String inputs, Recipe recipe)
            implements Image {
        private static final int TAG_DIGITS = 16;

        @Override
        public String reference() {
            return repository + ":in-" + inputs.substring(0, TAG_DIGITS);
        }
    }

    /// One that comes from elsewhere.
    ///
    /// @param from its name there
    /// @param mirror the repository that it is copied to and taken from
    record External(String name, Place place, String from, Optional<String> mirror)
            implements Image {
        private static final String DEFAULT_TAG = "latest";

        @Override
        public String reference() {
            return mirror.map(repository -> repository + ":" + tag()).orElse(from);
        }

        private String tag() {
            var bare = from.replaceFirst("@.*", "");
            int colon = bare.lastIndexOf(':');
            if (colon > bare.lastIndexOf('/')) {
                return bare.substring(colon + 1);
            }
            int digest = from.indexOf('@');
            return digest < 0 ? DEFAULT_TAG : from.substring(digest + 1).replace(':', '-');
        }
    }
}
