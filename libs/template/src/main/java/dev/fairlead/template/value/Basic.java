package dev.fairlead.template.value;

import dev.fairlead.diagnostic.Marked;
import org.jspecify.annotations.Nullable;

/// The kinds of values that compare with each other, as Go sorts them.
public enum Basic {
    NOTHING,
    BOOL,
    INT,
    UINT,
    FLOAT,
    STRING,
    OTHER;

    public static Basic of(@Nullable Object value) {
        if (value instanceof String || value instanceof Marked) {
            return STRING;
        } else if (value instanceof Long || value instanceof Integer) {
            return INT;
        } else if (value instanceof Boolean) {
            return BOOL;
        } else if (value instanceof Double) {
            return FLOAT;
        } else if (value instanceof Uint8) {
            return UINT;
        }
        return value == null || value == NoValue.NO_VALUE ? NOTHING : OTHER;
    }
}
