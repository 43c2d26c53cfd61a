package dev.fairlead.target.local.resolve;

import dev.fairlead.document.Digest;
import dev.fairlead.inventory.environment.EnvironmentRef;
import java.util.List;
import java.util.Locale;

/// Numbers and names that follow from what they are for: the same on every machine, as long as nothing is in the way.
final class Names {
    private static final int FIRST_PORT = 20000;
    private static final int PORTS = 12000;
    private static final int LONGEST_IDENTIFIER = 63;

    private Names() {}

    /// The port that a wish leads to first; the next ones are tried while it is in use.
    static int port(EnvironmentRef ref, String unit, String name) {
        return port(List.of(ref.project(), ref.name(), Integer.toString(ref.slot()), unit, name));
    }

    /// The port of the postmaster, which all environments of a folder share.
    static int postgresPort(String project) {
        return port(List.of(project, "", "0", "", "postgres"));
    }

    private static int port(List<String> parts) {
        long number = Long.parseLong(Digest.ofText(String.join("/", parts)).substring(0, 8), 16);
        return FIRST_PORT + (int) (number % PORTS);
    }

    static int next(int port) {
        return FIRST_PORT + (port - FIRST_PORT + 1) % PORTS;
    }

    /// `guestbook_dev`, `guestbook_ai_3`: what PostgreSQL takes without quotes, at most 63 characters.
    static String database(List<String> parts) {
        var name = String.join("_", parts).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
        var safe = Character.isDigit(name.charAt(0)) ? "d" + name : name;
        if (safe.length() <= LONGEST_IDENTIFIER) {
            return safe;
        }
        return safe.substring(0, LONGEST_IDENTIFIER - 9)
                + "_"
                + Digest.ofText(safe).substring(0, 8);
    }
}
