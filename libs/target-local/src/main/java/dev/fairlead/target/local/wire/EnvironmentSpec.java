package dev.fairlead.target.local.wire;

import dev.fairlead.inventory.unit.UnitName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// An environment as it is handed to the supervisor.
///
/// @param key `dev`, `ai-3`
/// @param root the folder that every path of the stack is relative to
/// @param secrets what must never appear in stored output
/// @param surroundings PATH, HOME, LANG and the like of the user, which every process gets
public record EnvironmentSpec(
        String key,
        Path root,
        SortedMap<UnitName, UnitSpec> units,
        List<Secret> secrets,
        Map<String, String> surroundings) {
    /// A secret's value and the name that stands for it.
    public record Secret(String name, String value) {}
}
