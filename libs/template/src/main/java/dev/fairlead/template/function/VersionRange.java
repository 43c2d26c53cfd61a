package dev.fairlead.template.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Which versions are meant: alternatives with `||`, each a list of conditions that must all hold.
///
/// Conditions are `= != > < >= <= ~ ^` with a version, `1.2.x`, `*`, and `1.2 - 2.3`. A pre-release is only meant where
/// the condition names one.
record VersionRange(List<List<Condition>> alternatives) {
    /// @param from the lowest version meant, or the one compared with
    /// @param below for a span, the lowest version above it
    record Condition(Kind kind, Version from, Version below) {
        enum Kind {
            SPAN,
            NOT_IN_SPAN,
            AT_LEAST,
            AT_MOST,
            ABOVE,
            BELOW
        }

        boolean meets(Version version) {
            if (version.isPreRelease() && !from.isPreRelease()) {
                return false;
            }
            boolean within = version.compareTo(from) >= 0 && version.compareTo(below) < 0;
            return switch (kind) {
                case SPAN -> within;
                case NOT_IN_SPAN -> !within;
                case AT_LEAST -> version.compareTo(from) >= 0;
                case BELOW -> version.compareTo(from) < 0;
                case ABOVE -> version.compareTo(from) > 0 && !within;
                case AT_MOST -> version.compareTo(from) <= 0 || within;
            };
        }
    }

    static Optional<VersionRange> parse(String text) {
        var alternatives = new ArrayList<List<Condition>>();
        for (var part : text.split("\\|\\|", -1)) {
            var conditions = conditions(part.strip());
            if (conditions.isEmpty()) {
                return Optional.empty();
            }
            alternatives.add(conditions.get());
        }
        return Optional.of(new VersionRange(alternatives));
    }

    boolean contains(Version version) {
        return alternatives.stream()
                .anyMatch(all -> all.stream().allMatch(condition -> condition.meets(version)));
    }

    private static Optional<List<Condition>> conditions(String text) {
        var spaced = text.replace(" - ", "\u0000").replace(',', ' ');
        var conditions = new ArrayList<Condition>();
        // An operator may stand apart from its version.
        var words = spaced.replaceAll("([=!<>~^]) +", "$1").strip().split(" +", -1);
        for (var word : words) {
            int dash = word.indexOf('\u0000');
            if (dash >= 0) {
                var from = condition(">=" + word.substring(0, dash));
                var to = condition("<=" + word.substring(dash + 1));
                if (from.isEmpty() || to.isEmpty()) {
                    return Optional.empty();
                }
                conditions.add(from.get());
                conditions.add(to.get());
                continue;
            }
            var condition = condition(word);
            if (condition.isEmpty()) {
                return Optional.empty();
            }
            conditions.add(condition.get());
        }
        return Optional.of(conditions);
    }

    private static Optional<Condition> condition(String word) {
        int at = 0;
        while (at < word.length() && "=!<>~^".indexOf(word.charAt(at)) >= 0) {
            at++;
        }
        var operator = word.substring(0, at);
        return wildcards(word.substring(at)).flatMap(version -> condition(operator, version));
    }

    /// `1.2.x`, `1.2.*` and `1.2` are the same, and `*` is every version.
    private static Optional<Version> wildcards(String text) {
        var number = text.startsWith("v") ? text.substring(1) : text;
        while (number.endsWith(".x") || number.endsWith(".X") || number.endsWith(".*")) {
            number = number.substring(0, number.length() - 2);
        }
        if (number.equals("*") || number.equals("x") || number.equals("X")) {
            return Optional.of(new Version(0, 0, 0, 0, ""));
        }
        return Version.parse(number);
    }

    private static Optional<Condition> condition(String operator, Version version) {
        return switch (operator) {
            case "", "=", "==" -> span(Condition.Kind.SPAN, version, version.parts());
            case "!=" -> span(Condition.Kind.NOT_IN_SPAN, version, version.parts());
            case ">" -> span(Condition.Kind.ABOVE, version, version.parts());
            case "<=", "=<" -> span(Condition.Kind.AT_MOST, version, version.parts());
            case ">=", "=>" -> span(Condition.Kind.AT_LEAST, version, 3);
            case "<" -> span(Condition.Kind.BELOW, version, 3);
            case "~", "~>" -> span(Condition.Kind.SPAN, version, Math.min(version.parts(), 2));
            case "^" -> span(Condition.Kind.SPAN, version, caret(version));
            default -> Optional.empty();
        };
    }

    /// How many parts of the version are fixed by `^`: up to the first that is not 0.
    private static int caret(Version version) {
        if (version.major() > 0 || version.parts() <= 1) {
            return Math.min(version.parts(), 1);
        }
        return version.minor() > 0 || version.parts() == 2 ? 2 : 3;
    }

    private static Optional<Condition> span(Condition.Kind kind, Version from, int fixed) {
        var below =
                switch (fixed) {
                    case 0 -> new Version(Long.MAX_VALUE, 0, 0, 3, "");
                    case 1 -> new Version(from.major() + 1, 0, 0, 3, "");
                    case 2 -> new Version(from.major(), from.minor() + 1, 0, 3, "");
                    default -> new Version(from.major(), from.minor(), from.patch() + 1, 3, "");
                };
        return Optional.of(new Condition(kind, from, below));
    }
}
