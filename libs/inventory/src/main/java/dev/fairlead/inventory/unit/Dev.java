package dev.fairlead.inventory.unit;

import dev.fairlead.diagnostic.Marked;
import java.time.Duration;
import java.util.List;

/// How a unit is reloaded while somebody edits it. Present only in mode `dev`.
///
/// @param build run before the first start and after a change; empty when there is nothing to build
/// @param watch globs, relative to the unit's folder
/// @param ignore globs that take files out of `watch`; what `.gitignore` names is always out
/// @param toolReloads the command reloads by itself (Vite does): it is not restarted after a change
/// @param debounce how long it must be quiet after a change before anything happens
public record Dev(
        List<Marked> build,
        List<String> watch,
        List<String> ignore,
        boolean toolReloads,
        Duration debounce) {
    public Dev {
        build = List.copyOf(build);
        watch = List.copyOf(watch);
        ignore = List.copyOf(ignore);
    }
}
