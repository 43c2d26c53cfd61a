package dev.fairlead.target.local.resolve;

import dev.fairlead.deploy.resolve.PortNumbers;
import dev.fairlead.document.Digest;
import java.util.List;
import java.util.Locale;

/// Numbers and names that follow from what they are for: the same on every machine, as long as nothing is in the way.
final class Names {
    private static final int LONGEST_IDENTIFIER = 63;

    private Names() {}

    /// The port of the postmaster, which all environments of a folder share.
    static int postgresPort(String project) {
        return PortNumbers.of(List.of(project, "", "0", "", "postgres"));
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
