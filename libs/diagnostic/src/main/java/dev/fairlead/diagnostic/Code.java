package dev.fairlead.diagnostic;

/// A stable name for one sort of problem. Each library lists its codes in an enum that implements this; the reference
/// page of every code (`docs/reference/errors.md`) is generated from these methods.
public interface Code {
    /// The stable name, in upper case with underscores: `UNKNOWN_KEY`.
    String name();

    /// Decides the exit code of a command that ends with it.
    Kind kind();

    /// One or two sentences: what it means when this is reported.
    String meaning();

    /// One or two sentences: what a person does about it.
    String remedy();
}
