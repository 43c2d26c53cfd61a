package dev.fairlead.template.function;

import java.util.Optional;

/// A semantic version; what is left out at the end counts as 0.
///
/// @param parts how many of major, minor and patch were written
/// @param before the pre-release, empty when there is none
record Version(long major, long minor, long patch, int parts, String before)
        implements Comparable<Version> {
    static Optional<Version> parse(String text) {
        var rest = text.strip();
        rest = rest.startsWith("v") ? rest.substring(1) : rest;
        int plus = rest.indexOf('+');
        rest = plus < 0 ? rest : rest.substring(0, plus);
        int dash = rest.indexOf('-');
        var before = dash < 0 ? "" : rest.substring(dash + 1);
        var numbers = (dash < 0 ? rest : rest.substring(0, dash)).split("\\.", -1);
        if (numbers.length > 3 || (dash == rest.length() - 1 && dash >= 0)) {
            return Optional.empty();
        }
        long[] values = new long[3];
        for (int i = 0; i < numbers.length; i++) {
            if (!isNumber(numbers[i])) {
                return Optional.empty();
            }
            values[i] = Long.parseLong(numbers[i]);
        }
        return Optional.of(new Version(values[0], values[1], values[2], numbers.length, before));
    }

    static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= 18
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    boolean isPreRelease() {
        return !before.isEmpty();
    }

    @Override
    public int compareTo(Version other) {
        int byNumber = Long.compare(major, other.major);
        byNumber = byNumber != 0 ? byNumber : Long.compare(minor, other.minor);
        byNumber = byNumber != 0 ? byNumber : Long.compare(patch, other.patch);
        if (byNumber != 0 || before.equals(other.before)) {
            return byNumber;
        }
        if (before.isEmpty() || other.before.isEmpty()) {
            return before.isEmpty() ? 1 : -1;
        }
        return comparePreReleases(before.split("\\.", -1), other.before.split("\\.", -1));
    }

    private static int comparePreReleases(String[] a, String[] b) {
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            boolean number = isNumber(a[i]);
            int order =
                    number != isNumber(b[i])
                            ? number ? -1 : 1
                            : number
                                    ? Long.compare(Long.parseLong(a[i]), Long.parseLong(b[i]))
                                    : a[i].compareTo(b[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(a.length, b.length);
    }
}
