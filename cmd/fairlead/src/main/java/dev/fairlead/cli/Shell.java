package dev.fairlead.cli;

import dev.fairlead.cli.console.Console;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Supplier;

/// Where a command was typed: everything outside the process that it may depend on.
///
/// @param folder where the command was typed; absolute
/// @param environment the process's environment variables
/// @param zone the one that times are shown in; asked for only when one is shown, as that loads the table of zones
public record Shell(
        Path folder,
        Map<String, String> environment,
        Clock clock,
        Supplier<ZoneId> zone,
        Console console) {
    public Shell {
        environment = Map.copyOf(environment);
    }
}
