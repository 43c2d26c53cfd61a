package dev.fairlead.engine;

import dev.fairlead.deploy.journal.Store.Holder;
import dev.fairlead.target.local.system.ProcessId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/// This process among those that hold leases on clusters. One that ran on this machine, in the same namespace of processes,
/// can be seen to be gone; of any other that is not known.
final class Caller {
    private static final Path PROCESSES = Path.of("/proc/self/ns/pid");

    private Caller() {}

    /// `UUID NAMESPACE BOOT/PID/START`, which no other process ever has.
    static String identity() {
        return UUID.randomUUID() + " " + namespace().orElse("-") + " " + ProcessId.self();
    }

    // A pid means something in its namespace only: containers of one machine have the same boot.
    private static Optional<String> namespace() {
        try {
            return Optional.of(Files.readSymbolicLink(PROCESSES).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Whether the process of a holder is gone for certain.
    static boolean ended(Holder holder) {
        var parts = holder.identity().split(" ", -1);
        return parts.length == 3
                && namespace().filter(parts[1]::equals).isPresent()
                && ProcessId.parse(parts[2])
                        .filter(process -> !process.ofEarlierBoot() && !process.alive())
                        .isPresent();
    }
}
