package dev.fairlead.migrate.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// A version by semver.org 2.0.0 (precedence: item 11), with `1`, `1.0` and `1.0.0` being one. Build metadata is refused,
/// because two versions that differ in it alone would be one.
public record Version(List<Long> numbers, List<String> prerelease) implements Comparable<Version> {
    private static final Pattern FORM =
            Pattern.compile(
                    "v?(\\d{1,18})(?:\\.(\\d{1,18}))?(?:\\.(\\d{1,18}))?(?:-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?");

    public Version {
        numbers = List.copyOf(numbers);
        prerelease = List.copyOf(prerelease);
        if (numbers.size() != 3) {
            throw new IllegalArgumentException("a version has three numbers");
        }
    }

    /// The version that a text names; empty when it names none.
    public static Optional<Version> parse(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            return Optional.empty();
        }
        return Optional.of(
                new Version(
                        List.of(
                                number(match.group(1)),
                                number(match.group(2)),
                                number(match.group(3))),
                        match.group(4) == null ? List.of() : List.of(match.group(4).split("\\."))));
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    @Override
    public int compareTo(Version other) {
        for (int i = 0; i < 3; i++) {
            int difference = Long.compare(numbers.get(i), other.numbers.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        if (prerelease.isEmpty() || other.prerelease.isEmpty()) {
            return Boolean.compare(prerelease.isEmpty(), other.prerelease.isEmpty());
        }
        for (int i = 0; i < Math.min(prerelease.size(), other.prerelease.size()); i++) {
            int difference = compare(prerelease.get(i), other.prerelease.get(i));
            if (difference != 0) {
                return difference;
            }
        }
        return Integer.compare(prerelease.size(), other.prerelease.size());
    }

    private static int compare(String left, String right) {
        boolean leftIsNumber = left.chars().allMatch(Character::isDigit);
        boolean rightIsNumber = right.chars().allMatch(Character::isDigit);
        if (leftIsNumber && rightIsNumber) {
            return new java.math.BigInteger(left).compareTo(new java.math.BigInteger(right));
        }
        return leftIsNumber != rightIsNumber ? (leftIsNumber ? -1 : 1) : left.compareTo(right);
    }

    /// `1.2.0` or `1.2.0-beta.1`.
    @Override
    public String toString() {
        var text = numbers.get(0) + "." + numbers.get(1) + "." + numbers.get(2);
        return prerelease.isEmpty() ? text : text + "-" + String.join(".", prerelease);
    }
}
