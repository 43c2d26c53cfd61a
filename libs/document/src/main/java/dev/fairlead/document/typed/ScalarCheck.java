package dev.fairlead.document.typed;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.document.tree.Node;
import java.util.Locale;
import java.util.Optional;

/// Whether a single value fits a shape.
final class ScalarCheck {
    /// Why not: what stands there, and what may be meant.
    record Fault(String what, Optional<String> hint) {}

    private ScalarCheck() {}

    static Optional<Fault> fault(Node.Scalar scalar, Shape shape) {
        var text = scalar.printed();
        return switch (shape) {
            case Shape.Text texts ->
                    faultUnless(texts.form().map(form -> form.fits(text)).orElse(true), scalar);
            case Shape.Flag _ ->
                    scalar.value() instanceof Boolean
                            ? Optional.empty()
                            : Optional.of(new Fault(shown(scalar), truth(text)));
            case Shape.Whole whole ->
                    faultUnless(
                            scalar.value() instanceof Long number
                                    && number >= whole.least()
                                    && number <= whole.most(),
                            scalar);
            case Shape.Span _ ->
                    Durations.parse(text).isPresent()
                            ? Optional.empty()
                            : Optional.of(new Fault(shown(scalar), unit(scalar)));
            case Shape.Quantity _ -> faultUnless(Quantities.parse(text).isPresent(), scalar);
            case Shape.Word word ->
                    word.words().contains(text)
                            ? Optional.empty()
                            : Optional.of(
                                    new Fault(shown(scalar), Nearest.hint(text, word.words())));
            case Shape.ListOf _, Shape.MapOf _, Shape.Struct _, Shape.Either _, Shape.Anything _ ->
                    Optional.empty();
        };
    }

    private static Optional<Fault> faultUnless(boolean fits, Node.Scalar scalar) {
        return fits ? Optional.empty() : Optional.of(new Fault(shown(scalar), Optional.empty()));
    }

    private static String shown(Node.Scalar scalar) {
        return "\"" + scalar.text() + "\"";
    }

    /// YAML 1.1 read these words as truth values; 1.2 does not.
    private static Optional<String> truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "on", "y", "true" -> Optional.of("write true");
            case "no", "off", "n", "false" -> Optional.of("write false");
            default -> Optional.empty();
        };
    }

    private static Optional<String> unit(Node.Scalar scalar) {
        return scalar.value() instanceof Long number
                ? Optional.of("write the unit: " + number + "s")
                : Optional.empty();
    }
}
