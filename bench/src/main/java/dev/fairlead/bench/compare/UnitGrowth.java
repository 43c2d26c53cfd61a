package dev.fairlead.bench.compare;

import dev.fairlead.document.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// What it costs to bring up and to hold many light units.
///
/// @param trial only the small ones
record UnitGrowth(Path root, String fairlead, boolean trial) {
    private static final List<Integer> SIZES = List.of(1, 10, 100, 1_000);
    private static final int IDLE_SECONDS = 10;

    String run() throws IOException, InterruptedException {
        var table =
                new StringBuilder(
                        "| units | `up` | again, no change | `status` | `down` | supervisor | handles | threads | idle CPU |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |\n");
        for (int size : trial ? SIZES.subList(0, 2) : SIZES) {
            var folder = stack(size);
            var up = Cost.watched(folder, List.of(fairlead, "up", "--detach", "-q"));
            try {
                var again = Cost.watched(folder, List.of(fairlead, "up", "--detach", "-q"));
                var status = Cost.watched(folder, List.of(fairlead, "status"));
                long pid = supervisor(folder);
                var before = Usage.of(pid);
                Usage.pause(IDLE_SECONDS);
                var idle = Usage.of(pid);
                var down = Cost.watched(folder, List.of(fairlead, "down", "-q"));
                table.append(
                        String.format(
                                Locale.ROOT,
                                "| %,d | %.0f ms | %.0f ms | %.0f ms | %.0f ms | %.0f MiB | %d | %d | %.2f %% |\n",
                                size,
                                up.millis(),
                                again.millis(),
                                status.millis(),
                                down.millis(),
                                idle.mib(),
                                idle.handles(),
                                idle.threads(),
                                100 * (idle.cpuSeconds() - before.cpuSeconds()) / IDLE_SECONDS));
            } finally {
                Cost.watched(folder, List.of(fairlead, "down", "-q"));
            }
        }
        return table.toString();
    }

    /// `{"process": "boot/pid/start", …}`
    private static long supervisor(Path folder) throws IOException {
        var file = Json.readObject(Files.readString(folder.resolve(".fairlead/supervisor.json")));
        var process = String.valueOf(file.get("process"));
        int from = process.indexOf('/') + 1;
        return Long.parseLong(process.substring(from, process.indexOf('/', from)));
    }

    private Path stack(int size) throws IOException {
        var folder = Files.createDirectories(root.resolve("bench/target/units/" + size));
        var text =
                new StringBuilder(
                        """
                        apiVersion: fairlead.dev/v1alpha1
                        kind: ServiceStack
                        metadata: { name: units }
                        spec:
                          services:
                        """);
        for (int i = 0; i < size; i++) {
            text.append(
                    "    - { name: unit-%d, path: ., deployGroup: internal, run: { command: [ sleep, \"100000\" ] } }\n"
                            .formatted(i));
        }
        Files.writeString(folder.resolve("services.yaml"), text);
        return folder;
    }
}
