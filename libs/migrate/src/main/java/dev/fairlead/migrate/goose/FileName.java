package dev.fairlead.migrate.goose;

/// The name of a file as goose reads it: `NUMBER_title.sql` or `.go`.
///
/// @param number greater than zero
record FileName(String name, long number, String title) {
    /// Why a name is none, in goose's words.
    static final class Refused extends Exception {
        Refused(String what) {
            super(what, null, false, false);
        }

        String what() {
            return String.valueOf(getMessage());
        }
    }

    /// @param name ends in `.sql` or `.go`
    static FileName of(String name) throws Refused {
        int separator = name.indexOf('_');
        if (separator < 0) {
            throw new Refused("no filename separator '_' found");
        }
        var digits = name.substring(0, separator);
        var error = GoText.numberError("ParseInt", digits);
        if (!error.isEmpty()) {
            throw new Refused(
                    "failed to parse version from migration file: " + name + ": " + error);
        }
        long number = Long.parseLong(digits);
        if (number < 1) {
            throw new Refused("migration version must be greater than zero");
        }
        return new FileName(name, number, name.substring(separator + 1, name.lastIndexOf('.')));
    }
}
