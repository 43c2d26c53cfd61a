package dev.fairlead.document;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// Everything that can be wrong with a YAML or JSON document, whatever it describes.
public enum DocumentCode implements Code {
    YAML_SYNTAX(
            "The text is not YAML 1.2.",
            "Correct the text at the place; most often it is the indentation, a tab, or a template at the start of a value that needs quotes."),
    YAML_DUPLICATE_KEY(
            "One key stands twice in one map.",
            "Remove one of the two, or put their values together."),
    YAML_ALIAS(
            "An alias names an anchor that was not defined before it.",
            "Define the anchor above the alias, or correct its name."),
    YAML_MERGE_KEY(
            "A map has the merge key `<<`, which belongs to YAML 1.1: it would be a key like any other.",
            "Write the keys out, or share them in the format's own way: services.yaml has components and use."),
    YAML_TOO_LARGE(
            "The document has more nodes, or nests deeper, than is allowed; aliases count with everything that they repeat.",
            "Split the document, or write fewer aliases of aliases."),
    YAML_AMBIGUOUS(
            "A value is read differently by other YAML readers: 0644 is a decimal number here and an octal one there, yes is a text here and true there.",
            "Quote the value when it is a text; write 0o644 for an octal number, and true or false for a truth value."),
    JSON_SYNTAX("The text is not JSON.", "Correct the text at the place."),
    UNKNOWN_KEY(
            "A key is not one that is known at this place.",
            "Correct the spelling, or remove the key."),
    MISSING_KEY("A key that is required here is not there.", "Add the key."),
    WRONG_TYPE(
            "A value is not of the kind that its key takes.",
            "Write a value of the kind that the message names."),
    WRONG_VALUE(
            "A value is of the right kind, but not one that its key accepts.",
            "Write one of the values that the message names."),
    TEMPLATE_NOT_HERE(
            "A template expression stands in a value that is not evaluated: it shapes the stack and must be known before.",
            "Write the value itself, or use an overlay per environment.");

    private final String meaning;
    private final String remedy;

    DocumentCode(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public Kind kind() {
        return Kind.USER;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
