package dev.fairlead.diagnostic;

/// How much a problem weighs: an error ends the work, a warning and a note do not.
public enum Severity {
    ERROR,
    WARNING,
    NOTE;

    /// The word that people read: `error`, `warning`, `note`.
    public String word() {
        return switch (this) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case NOTE -> "note";
        };
    }
}
