package dev.fairlead.target.local.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// One process for good: a pid alone is given again to others.
///
/// @param boot the kernel's id of this boot
/// @param start clock ticks since the boot
public record ProcessId(String boot, int pid, long start) {
    public static ProcessId self() {
        return find(Math.toIntExact(ProcessHandle.current().pid()))
                .orElseThrow(() -> new IllegalStateException("/proc does not show this process"));
    }

    /// The process that has this pid now.
    public static Optional<ProcessId> find(int pid) {
        return ProcessTable.find(pid)
                .filter(entry -> !entry.zombie())
                .map(entry -> new ProcessId(Boot.ID, pid, entry.start()));
    }

    /// Reads what {@link #toString} wrote; empty for anything else.
    public static Optional<ProcessId> parse(String text) {
        var parts = text.split("/", -1);
        try {
            return parts.length == 3
                    ? Optional.of(
                            new ProcessId(
                                    parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2])))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /// Whether it still runs.
    public boolean alive() {
        return boot.equals(Boot.ID)
                && ProcessTable.find(pid)
                        .filter(entry -> !entry.zombie() && entry.start() == start)
                        .isPresent();
    }

    /// Whether it was there before this machine was started last.
    public boolean ofEarlierBoot() {
        return !boot.equals(Boot.ID);
    }

    /// `BOOT/PID/START`.
    @Override
    public String toString() {
        return boot + "/" + pid + "/" + start;
    }

    private static final class Boot {
        static final String ID = read();

        private static String read() {
            try {
                return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            } catch (IOException e) {
                throw new IllegalStateException("the kernel does not tell its boot id", e);
            }
        }
    }
}
