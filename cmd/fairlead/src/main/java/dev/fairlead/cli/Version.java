package dev.fairlead.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/// Which build this is.
public final class Version {
    private Version() {}

    /// The line that `fairlead version` and `fairlead --version` print.
    public static String line() {
        return "fairlead %s (java %s, %s)".formatted(fairlead(), Runtime.version(), system());
    }

    /// What it runs on: `Linux amd64`.
    public static String system() {
        return System.getProperty("os.name") + " " + System.getProperty("os.arch");
    }

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
