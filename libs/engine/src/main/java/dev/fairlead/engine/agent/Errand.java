package dev.fairlead.engine.agent;

import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.Optional;

/// What somebody wants an agent to do.
///
/// @param arguments come behind those of its command
public record Errand(UnitName agent, Optional<String> task, List<String> arguments) {
    public Errand {
        arguments = List.copyOf(arguments);
    }
}
