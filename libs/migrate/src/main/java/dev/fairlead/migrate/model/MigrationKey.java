package dev.fairlead.migrate.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/// The name of a migration: segments of `[A-Za-z0-9_-]` joined by dots, as in `core.db.2025_01_add_users`. A goose file's
/// key is `<unit>.sql.<version>`. Ordered by bytes.
public record MigrationKey(String text) implements Comparable<MigrationKey> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    public MigrationKey {
        if (!fits(text)) {
            throw new IllegalArgumentException("not a migration key: " + text);
        }
    }

    /// Whether a text is a key.
    public static boolean fits(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public int compareTo(MigrationKey other) {
        return Arrays.compareUnsigned(
                text.getBytes(StandardCharsets.UTF_8), other.text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return text;
    }
}
