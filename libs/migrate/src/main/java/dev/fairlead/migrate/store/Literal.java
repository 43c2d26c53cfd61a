package dev.fairlead.migrate.store;

/// Values as parts of SQL text. Needed where a value travels in one message with statements that are not ours, so that it
/// cannot be a parameter.
public final class Literal {
    private Literal() {}

    /// A text. Right whatever `standard_conforming_strings` is. PostgreSQL has no NUL: it becomes U+2400.
    public static String of(String text) {
        var plain = text.replace('\0', '\u2400').replace("'", "''");
        return plain.indexOf('\\') < 0
                ? "'" + plain + "'"
                : " E'" + plain.replace("\\", "\\\\") + "'";
    }

    /// An identifier.
    public static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
