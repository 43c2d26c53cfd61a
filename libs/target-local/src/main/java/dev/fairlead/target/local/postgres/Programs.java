package dev.fairlead.target.local.postgres;

import dev.fairlead.target.local.system.ProcessTable;
import dev.fairlead.target.local.system.Signals;
import dev.fairlead.target.local.system.Spawn;
import dev.fairlead.target.local.system.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How PostgreSQL's programs are called.
final class Programs {
    private static final String MARK = "FAIRLEAD_POSTGRES";

    private final Layout layout;
    private final Binaries binaries;

    Programs(Layout layout, Binaries binaries) {
        this.layout = layout;
        this.binaries = binaries;
    }

    Spawn initialise() {
        return program(
                "initdb",
                List.of(
                        "-D",
                        layout.fresh().toString(),
                        "-U",
                        "postgres",
                        "--auth-local=trust",
                        "--auth-host=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C.UTF-8",
                        "--data-checksums",
                        "--no-sync",
                        "--no-instructions"));
    }

    /// Makes a fresh cluster durable in one go; syncing file by file while it is made takes longer.
    Spawn sync() {
        return program("initdb", List.of("-D", layout.fresh().toString(), "--sync-only"));
    }

    Spawn postgres(int port) {
        var arguments = new ArrayList<>(List.of("-D", layout.data().toString()));
        for (var setting :
                List.of(
                        "listen_addresses=127.0.0.1",
                        "port=" + port,
                        "unix_socket_directories=" + layout.socketFolder(),
                        "unix_socket_permissions=0700",
                        "max_connections=200",
                        "shared_buffers=64MB",
                        // No worker processes for reads: a database of a developer's machine mostly
                        // sleeps.
                        "io_method=sync")) {
            arguments.addAll(List.of("-c", setting));
        }
        return program("postgres", arguments);
    }

    private Spawn program(String name, List<String> arguments) {
        var command = new ArrayList<String>();
        if (User.isRoot()) {
            // PostgreSQL refuses to run as root. In a user namespace without a mapping it is
            // nobody, with root's files.
            command.addAll(List.of("/usr/bin/unshare", "-U"));
        }
        command.add(binaries.require().resolve(name).toString());
        command.addAll(arguments);
        var environment =
                Map.of(
                        "PATH",
                        "/usr/local/bin:/usr/bin:/bin",
                        "LC_ALL",
                        "C.UTF-8",
                        "TZ",
                        "UTC",
                        MARK,
                        layout.folder().toString());
        return new Spawn(command, environment, layout.folder(), layout.output(), false);
    }

    /// Ends what a killed supervisor left of making a cluster.
    void endInitialisation() throws InterruptedException {
        boolean some = true;
        while (some) {
            var left =
                    ProcessTable.all().stream()
                            .filter(process ->
                                    ProcessTable.variable(process.pid(), MARK)
                                            .filter(layout.folder().toString()::equals)
                                            .isPresent())
                            .toList();
            left.forEach(process -> Signals.send(process.pid(), Signals.KILL));
            some = !left.isEmpty();
            if (some) {
                dev.fairlead.target.local.system.Pause.of(java.time.Duration.ofMillis(10));
            }
        }
    }
}
