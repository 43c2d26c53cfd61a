package dev.fairlead.migrate.lint.prove;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.migrate.catalogue.Snapshot.Difference;
import dev.fairlead.migrate.model.Migration;
import java.util.List;

/// What is known of one migration's way back.
public sealed interface Verdict {
    Migration migration();

    /// Up and down again is the schema as it was, and up once more is the schema that it gave.
    ///
    /// @param partly whether a program, an address or a person takes part, which were left out
    record Proved(Migration migration, boolean partly) implements Verdict {}

    /// Down leaves another schema than there was before.
    ///
    /// @param differences from the schema before to the one after the way back
    record NotUndone(Migration migration, List<Difference> differences) implements Verdict {
        public NotUndone {
            differences = List.copyOf(differences);
        }
    }

    /// Down gives the schema that was there, but up does not give its own again.
    record NotRepeatable(Migration migration, List<Difference> differences) implements Verdict {
        public NotRepeatable {
            differences = List.copyOf(differences);
        }
    }

    /// Down fails, or up fails after it.
    record Fails(Migration migration, List<Problem> problems) implements Verdict {
        public Fails {
            problems = List.copyOf(problems);
        }
    }

    /// There are no down steps.
    record NoWayBack(Migration migration) implements Verdict {}

    /// Nothing can be said: up does not run on an empty database, or one before it does not.
    ///
    /// @param problems why; empty when it was one before it
    record NotTried(Migration migration, List<Problem> problems) implements Verdict {
        public NotTried {
            problems = List.copyOf(problems);
        }
    }

    /// Whether the way back is broken.
    default boolean broken() {
        return switch (this) {
            case NotUndone _, NotRepeatable _, Fails _ -> true;
            case Proved _, NoWayBack _, NotTried _ -> false;
        };
    }
}
