package dev.fairlead.cli.flag;

import dev.fairlead.document.typed.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Durations in the form that services.yaml has them in: `90s`, `5m`, `1h30m`.
public final class DurationFlag implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return Durations.parse(text)
                .orElseThrow(() ->
                        new TypeConversionException(
                                "'" + text + "' is not a duration such as 30s or 5m"));
    }
}
