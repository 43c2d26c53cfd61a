package dev.fairlead.tests.system.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/// The machine that a sandbox is on.
public final class Machine {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private Machine() {}

    /// As if it had been switched off and on: every process that has to do with the sandbox is gone at once, the state is
    /// kept, and the processes that it remembers are those of another boot.
    public static void reboot(Sandbox sandbox) {
        for (var left = Processes.of(sandbox.folder());
                !left.isEmpty();
                left = Processes.of(sandbox.folder())) {
            left.forEach(Processes.Live::killAtOnce);
            left.forEach(Processes.Live::kill);
        }
        try {
            var now = Files.readString(BOOT).strip();
            var earlier = UUID.randomUUID().toString();
            for (var file : sandbox.files().keySet()) {
                if (file.startsWith(".fairlead") && !file.toString().contains("/postgres")) {
                    var path = sandbox.folder().resolve(file);
                    var text = Files.readString(path);
                    if (text.contains(now)) {
                        Files.writeString(path, text.replace(now, earlier));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
