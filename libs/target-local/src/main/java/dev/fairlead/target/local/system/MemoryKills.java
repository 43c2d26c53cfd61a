package dev.fairlead.target.local.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How many processes of this machine the kernel has ended because memory ran out.
public final class MemoryKills {
    private static final Path COUNTERS = Path.of("/proc/vmstat");
    private static final String NAME = "oom_kill ";

    private MemoryKills() {}

    /// Their number since the boot; 0 where the kernel does not count them.
    public static long count() {
        try (var lines = Files.lines(COUNTERS)) {
            return lines.filter(line -> line.startsWith(NAME))
                    .mapToLong(line -> Long.parseLong(line.substring(NAME.length()).strip()))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | RuntimeException e) {
            return 0;
        }
    }
}
