package dev.fairlead.document.typed;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/// Spans of time as Go writes them: `90s`, `1h30m`, `200ms`; a bare number only when it is 0.
public final class Durations {
    /// The form as a regular expression.
    public static final Pattern FORM =
            Pattern.compile("0|([0-9]+(\\.[0-9]+)?(ns|us|µs|ms|s|m|h))+");

    private static final Pattern PART = Pattern.compile("([0-9.]+)(ns|us|µs|ms|s|m|h)");

    private Durations() {}

    /// Empty when the text is not a span of time, or one too long to count in nanoseconds.
    public static Optional<Duration> parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        var sum = Duration.ZERO;
        var parts = PART.matcher(text);
        try {
            while (parts.find()) {
                sum = sum.plus(part(parts.group(1), unit(parts.group(2))));
            }
            return Optional.of(Duration.ofNanos(sum.toNanos()));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /// A whole number is the usual case, and much cheaper than the first decimal fraction of a process.
    private static Duration part(String number, long nanos) {
        if (number.indexOf('.') < 0 && number.length() < 19) {
            return Duration.ofNanos(Math.multiplyExact(Long.parseLong(number), nanos));
        }
        var product = new BigDecimal(number).multiply(BigDecimal.valueOf(nanos));
        return Duration.ofNanos(product.setScale(0, RoundingMode.DOWN).longValueExact());
    }

    private static long unit(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "us", "µs" -> 1_000L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            default -> 3_600_000_000_000L;
        };
    }
}
