package dev.fairlead.template;

import dev.fairlead.template.execute.Execution;
import dev.fairlead.template.execute.Program;
import org.jspecify.annotations.Nullable;

/// A parsed template with everything that it may call. Immutable, shared by threads.
public final class Template {
    private final Program program;

    Template(Program program) {
        this.program = program;
    }

    /// The name of the source it was parsed from.
    public String name() {
        return program.main().name();
    }

    /// Renders the template.
    ///
    /// @param data what dot is at first: null, Boolean, Integer, Long, Double, String, `Marked`, a List, a Map with
    ///     string keys, an Instant or a Duration, and lists and maps of these. A map may be lazy: only what is read is
    ///     asked for, and a `ProblemException` that it throws goes through
    /// @throws dev.fairlead.diagnostic.ProblemException when the template cannot be evaluated or a limit is reached
    public Rendered render(@Nullable Object data) {
        return Execution.run(program, data);
    }
}
