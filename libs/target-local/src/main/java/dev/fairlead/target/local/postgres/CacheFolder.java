package dev.fairlead.target.local.postgres;

import java.nio.file.Path;
import java.util.Map;

/// Where extracted programs lie: the only thing outside `.fairlead`.
public final class CacheFolder {
    private CacheFolder() {}

    /// `$XDG_CACHE_HOME/fairlead`, or `~/.cache/fairlead`.
    public static Path of(Map<String, String> variables) {
        var cache = variables.getOrDefault("XDG_CACHE_HOME", "");
        return cache.isEmpty()
                ? Path.of(variables.getOrDefault("HOME", "/tmp"), ".cache", "fairlead")
                : Path.of(cache, "fairlead");
    }
}
