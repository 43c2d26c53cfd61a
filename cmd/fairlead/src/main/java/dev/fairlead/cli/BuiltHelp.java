package dev.fairlead.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The text of `fairlead --help`, written beside the command's jar while the distribution is made. It is the same each
/// time, and making it reads the annotations of every command: half of the time that it takes.
final class BuiltHelp {
    private BuiltHelp() {}

    /// The text for a command line that asks for nothing else; empty where there is none, then it is made anew.
    static Optional<String> find(String... arguments) {
        if (arguments.length != 1
                || !(arguments[0].equals("--help") || arguments[0].equals("-h"))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readString(file()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private static Path file() {
        return Path.of(System.getProperty("java.class.path")).resolveSibling("help.txt");
    }
}
