package dev.fairlead.cli.migrate;

import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.DurationFlag;
import dev.fairlead.migrate.MigrateOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a run behaves.
final class RunFlags {
    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            converter = DurationFlag.class,
            description =
                    "How long to wait for another migrator (5m when not given); 0s leaves at once.")
    @Nullable Duration wait;

    @Option(
            names = "--allow-out-of-order",
            description = "Let lower numbers run after higher ones; the history records it.")
    boolean outOfOrder;

    MigrateOptions options(Session session) {
        var options = MigrateOptions.DEFAULTS.withWho(session.caller()).withOutOfOrder(outOfOrder);
        var patience = wait;
        return patience == null ? options : options.withWait(patience);
    }
}
