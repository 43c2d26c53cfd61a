package dev.fairlead.inventory.unit;

import dev.fairlead.diagnostic.Marked;
import java.util.List;
import java.util.Optional;

/// What a unit does on the target `local`.
public sealed interface Work {
    /// A process that stays.
    record Command(List<Marked> command) implements Work {
        public Command {
            command = List.copyOf(command);
        }
    }

    /// A command that runs once, to success; again only when its inputs changed.
    ///
    /// @param inputs globs, relative to the unit's folder, of the files that it reads
    record Task(List<Marked> command, List<String> inputs) implements Work {
        public Task {
            command = List.copyOf(command);
            inputs = List.copyOf(inputs);
        }
    }

    /// A command that runs each time that somebody asks for it, and at no other time. Where a text of it holds {@link #TASK},
    /// the task of the run comes.
    record Agent(List<Marked> command) implements Work {
        /// The variable that has the task of a run.
        public static final String VARIABLE = "FAIRLEAD_TASK";

        /// What stands for the task, as Kubernetes writes a variable.
        public static final String TASK = "$(" + VARIABLE + ")";

        public Agent {
            command = List.copyOf(command);
        }
    }

    /// Serves a folder over HTTP on the port `http`.
    ///
    /// @param dir relative to the unit's folder
    /// @param spa answer unknown paths with `index.html`
    record StaticFiles(String dir, boolean spa) implements Work {}

    /// Databases in the embedded PostgreSQL.
    ///
    /// @param databases their logical names; the first is the one that the export `url` names
    /// @param version the major version asked for, when one is
    record Postgres(List<String> databases, Optional<String> version) implements Work {
        public Postgres {
            databases = List.copyOf(databases);
        }
    }
}
