package dev.fairlead.cli.flag;

import dev.fairlead.deploy.journal.Turn;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What to do when somebody else is changing the environment.
public final class TurnOptions {
    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            converter = DurationFlag.class,
            description = "When somebody else is at work, wait so long for them: 30s, 5m.")
    @Nullable Duration patience;

    @Option(
            names = "--supersede",
            description = "When somebody else is at work, ask them to end and take over.")
    boolean supersede;

    /// As the journal has it.
    public Turn turn() {
        return new Turn(Optional.ofNullable(patience), supersede);
    }
}
