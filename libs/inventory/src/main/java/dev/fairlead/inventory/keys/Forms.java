package dev.fairlead.inventory.keys;

import dev.fairlead.document.typed.Form;
import dev.fairlead.document.typed.Shape;
import java.util.Optional;

/// What names, ports and templates look like.
final class Forms {
    static final Form LABEL =
            Form.of(
                    "an RFC 1123 label (lower-case letters, digits and -, at most 63)",
                    "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    static final Form PORT_NAME =
            Form.of(
                    "a port name (lower-case letters, digits and -, at most 15)",
                    "[a-z0-9]([-a-z0-9]{0,13}[a-z0-9])?");
    static final Form VARIABLE =
            Form.of(
                    "the name of an environment variable (letters, digits and _)",
                    "[A-Za-z_][A-Za-z0-9_]*");
    static final Form EXPORT =
            Form.of(
                    "a name (letters, digits, _ and -), not host or ports",
                    "(?!(host|ports)$)[A-Za-z_][-A-Za-z0-9_]*");
    static final Form NAME =
            Form.of("a name (letters, digits, _, . and -)", "[A-Za-z0-9_][-A-Za-z0-9_.]*");

    /// A template, and nothing but one: for values that are not texts.
    static final Shape ONLY_TEMPLATE =
            new Shape.Text(
                    Optional.of(Form.of("a template that gives one", "[\\s\\S]*\\{\\{[\\s\\S]*")),
                    true);

    static final Shape LABEL_TEXT = Shape.text(LABEL);
    static final Shape TEMPLATES = Shape.listOf(Shape.TEMPLATE);
    static final Shape TEXTS = Shape.listOf(Shape.TEXT);

    private Forms() {}
}
