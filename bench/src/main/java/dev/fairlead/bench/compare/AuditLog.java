package dev.fairlead.bench.compare;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The API server's log of who asked for what; the cluster's own parts are not in it.
record AuditLog(Path file) {
    private static final Pattern VERB = Pattern.compile("\"verb\":\"([a-z]+)\"");

    /// @param writes without dry runs
    record Count(long requests, long writes) {}

    /// Where it ends now.
    long end() throws IOException {
        return Files.size(file);
    }

    /// What was asked since.
    Count since(long from) throws IOException {
        long requests = 0;
        long writes = 0;
        for (var line : text(from).lines().toList()) {
            var verb = VERB.matcher(line);
            if (!verb.find() || !line.contains("\"stage\":\"ResponseComplete\"")) {
                continue;
            }
            requests++;
            writes +=
                    switch (verb.group(1)) {
                        case "create", "update", "patch", "delete", "deletecollection" ->
                                line.contains("dryRun=") || line.contains("selfsubject") ? 0 : 1;
                        default -> 0;
                    };
        }
        return new Count(requests, writes);
    }

    private String text(long from) throws IOException {
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            log.seek(from);
            var bytes = new byte[Math.toIntExact(log.length() - from)];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
