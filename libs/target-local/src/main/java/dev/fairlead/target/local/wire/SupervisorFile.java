package dev.fairlead.target.local.wire;

import dev.fairlead.document.Json;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.state.Home;
import dev.fairlead.target.local.system.ProcessId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Where the running supervisor is found: `supervisor.json`, readable for its owner only.
///
/// @param build what the supervisor was built from; a command of another build takes over
public record SupervisorFile(ProcessId process, int port, String token, String build) {
    /// The file of a supervisor that lives.
    public static Optional<SupervisorFile> find(Home home) {
        return Durable.read(home.supervisorFile())
                .flatMap(SupervisorFile::parse)
                .filter(file -> file.process().alive());
    }

    private static Optional<SupervisorFile> parse(String text) {
        try {
            var tree = Json.readObject(text);
            return ProcessId.parse((String) Objects.requireNonNull(tree.get("process")))
                    .map(process ->
                            new SupervisorFile(
                                    process,
                                    ((Number) Objects.requireNonNull(tree.get("port"))).intValue(),
                                    (String) Objects.requireNonNull(tree.get("token")),
                                    (String) Objects.requireNonNull(tree.get("build"))));
        } catch (RuntimeException e) {
            return Optional.empty(); // not ours; the next supervisor writes a new one
        }
    }

    public void write(Home home) {
        Durable.writeFast(
                home.supervisorFile(),
                Json.compact(
                        Map.of(
                                "process",
                                process.toString(),
                                "port",
                                port,
                                "token",
                                token,
                                "build",
                                build)));
    }

    @Override
    public String toString() {
        return "supervisor (pid " + process.pid() + ")";
    }
}
