package dev.fairlead.inventory.unit;

import java.util.regex.Pattern;

/// The name of a unit: an RFC 1123 label (lower-case letters, digits, `-`; at most 63). Sorted alphabetically.
public record UnitName(String value) implements Comparable<UnitName> {
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    public UnitName {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not an RFC 1123 label: " + value);
        }
    }

    public static boolean isValid(String value) {
        return LABEL.matcher(value).matches();
    }

    @Override
    public int compareTo(UnitName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
