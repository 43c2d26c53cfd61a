package dev.fairlead.template.format;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Points and spans of time as Go prints them.
final class GoTime {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private GoTime() {}

    /// `2009-11-10 23:00:00.5 +0000 UTC`
    static String of(Instant instant) {
        var fraction = fraction(instant.atOffset(ZoneOffset.UTC).getNano(), 9);
        return SECONDS.format(instant.atOffset(ZoneOffset.UTC)) + fraction + " +0000 UTC";
    }

    /// `1h2m3.5s`
    static String of(Duration span) {
        if (span.isZero()) {
            return "0s";
        }
        var size = span.abs();
        var sign = span.isNegative() ? "-" : "";
        if (size.toSeconds() == 0) {
            long nanos = size.toNanosPart();
            if (nanos < 1_000) {
                return sign + nanos + "ns";
            } else if (nanos < 1_000_000) {
                return sign + nanos / 1_000 + fraction(nanos % 1_000, 3) + "µs";
            }
            return sign + nanos / 1_000_000 + fraction(nanos % 1_000_000, 6) + "ms";
        }
        long hours = size.toHours();
        var seconds = size.toSecondsPart() + fraction(size.toNanosPart(), 9) + "s";
        var minutes = hours > 0 || size.toMinutes() > 0 ? size.toMinutesPart() + "m" : "";
        return sign + (hours > 0 ? hours + "h" : "") + minutes + seconds;
    }

    private static String fraction(long value, int digits) {
        if (value == 0) {
            return "";
        }
        var text = String.valueOf(value);
        var padded = "0".repeat(digits - text.length()) + text;
        int end = padded.length();
        while (padded.charAt(end - 1) == '0') {
            end--;
        }
        return "." + padded.substring(0, end);
    }
}
