package dev.fairlead.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// What it costs to have the guestbook many times at once.
///
/// @param trial only the small ones
record SlotGrowth(Path root, String fairlead, boolean trial) {
    private static final List<Integer> SIZES = List.of(1, 5, 15);
    private static final int SETTLE_SECONDS = 60;
    private static final int IDLE_SECONDS = 60;

    String run() throws IOException, InterruptedException {
        var folder = example();
        // The driver, the builds and the first database are made before: they are no part of a
        // slot.
        take(folder, 1);
        release(folder, 1);
        var table =
                new StringBuilder(
                        "| slots at once | all ready | CPU of the commands | processes | memory | idle CPU of one slot | released |\n| --- | --- | --- | --- | --- | --- | --- |\n");
        for (int size : trial ? SIZES.subList(0, 2) : SIZES) {
            try {
                var made = take(folder, size);
                Usage.pause(SETTLE_SECONDS);
                var before = Usage.below(folder);
                Usage.pause(IDLE_SECONDS);
                var idle = Usage.below(folder);
                var gone = release(folder, size);
                table.append(
                        String.format(
                                Locale.ROOT,
                                "| %d | %.1f s | %.1f s | %d | %,.0f MiB | %.2f %% | %.1f s |\n",
                                size,
                                made.millis() / 1000,
                                made.cpuMillis() / 1000,
                                idle.processes(),
                                idle.mib(),
                                100
                                        * (idle.cpuSeconds() - before.cpuSeconds())
                                        / IDLE_SECONDS
                                        / size,
                                gone.millis() / 1000));
            } finally {
                Cost.watched(
                        folder, List.of(fairlead, "slots", "gc", "-e", "ai", "--idle", "0s", "-q"));
            }
        }
        return table.toString();
    }

    /// All at the same moment, by a command each.
    private Cost take(Path folder, int many) throws IOException, InterruptedException {
        var script = new StringBuilder();
        for (int i = 1; i <= many; i++) {
            script.append(
                    "\"$0\" slots take -e ai --owner agent-%d --up -q & p%d=$!; ".formatted(i, i));
        }
        for (int i = 1; i <= many; i++) {
            script.append("wait $p%d || exit 1; ".formatted(i));
        }
        return Cost.watched(folder, List.of("sh", "-c", script.toString(), fairlead));
    }

    private Cost release(Path folder, int many) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(fairlead, "slots", "release", "-e", "ai", "-q"));
        IntStream.rangeClosed(1, many).mapToObj(Integer::toString).forEach(command::add);
        return Cost.watched(folder, command);
    }

    private Path example() throws IOException {
        var from = root.resolve("examples/guestbook");
        var to = root.resolve("bench/target/guestbook");
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var relative = from.relativize(file);
                if (!relative.startsWith(".fairlead") && !relative.startsWith("lib")) {
                    var copy = to.resolve(relative);
                    Files.createDirectories(copy.getParent());
                    Files.copy(
                            file,
                            copy,
                            java.nio.file.StandardCopyOption.REPLACE_EXISTING,
                            java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return to;
    }
}
