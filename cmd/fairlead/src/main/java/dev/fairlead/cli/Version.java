package dev.fairlead.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/// Which build this is.
public final class Version {
    private Version() {}

    /// The version that the build gave it: `0.1.0-SNAPSHOT`.
    public static String fairlead() {
        var properties = new Properties();
        try (var in = Version.class.getResourceAsStream("version.properties")) {
            properties.load(Objects.requireNonNull(in, "version.properties is in the jar"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("fairlead");
    }
}
