package dev.fairlead.tests.system;

import dev.fairlead.tests.system.world.Sandbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A stack with one thing wrong in it, and what a person must be told.
///
/// @param name what is wrong
/// @param files the stack's files
/// @param exit the exit code of `up`
/// @param place `file:line` of the cause
/// @param says words that the error must have
record Breakage(String name, Map<String, String> files, int exit, String place, List<String> says) {
    /// A breakage whose only file is services.yaml; `spec` is what stands under `spec:`, from line 5 on.
    static Breakage of(String name, String spec, int exit, String place, String... says) {
        return new Breakage(
                name, Map.of("services.yaml", Sandbox.stack(spec)), exit, place, List.of(says));
    }

    /// The same with one more file.
    Breakage and(String file, String text) {
        var more = new LinkedHashMap<>(files);
        more.put(file, text);
        return new Breakage(name, more, exit, place, says);
    }

    Sandbox sandbox() {
        var sandbox = Sandbox.of("");
        files.forEach(sandbox::write);
        return sandbox;
    }

    @Override
    public String toString() {
        return name;
    }
}
