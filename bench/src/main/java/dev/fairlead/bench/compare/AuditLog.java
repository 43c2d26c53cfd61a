package dev.fairlead.bench.compare;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.regex.Pattern;

/// The API server's log of who asked for what; the cluster's own parts are not in it.
record AuditLog(Path file) {
    private static final Pattern VERB = Pattern.compile("\"verb\":\"([a-z]+)\"");
    private static final Pattern ID = Pattern.compile("\"auditID\":\"([^\"]+)\"");
    private static final Pattern OBJECT =
            Pattern.compile("\"name\":\"(config|service|app)-[0-9]+\"");

    /// The last lines come a moment after the answers.
    private static final int SETTLE_MILLIS = 300;

    /// @param writes to the objects that were to be deployed, without dry runs
    /// @param bookkeeping writes to anything else
    record Count(long requests, long writes, long bookkeeping) {}

    /// Where it ends now.
    long end() throws IOException {
        return Files.size(file);
    }

    /// What a program asked since.
    ///
    /// @param agent how its name begins, as it tells the server
    Count since(long from, String agent) throws IOException, InterruptedException {
        Thread.sleep(SETTLE_MILLIS);
        var seen = new HashSet<String>();
        long writes = 0;
        long bookkeeping = 0;
        for (var line : text(from).lines().toList()) {
            var id = ID.matcher(line);
            // A watch is told twice: when it begins and when it ends.
            if (!line.contains("\"userAgent\":\"" + agent)
                    || !id.find()
                    || !seen.add(id.group(1))) {
                continue;
            }
            if (isWrite(line)) {
                if (OBJECT.matcher(line).find()) {
                    writes++;
                } else {
                    bookkeeping++;
                }
            }
        }
        return new Count(seen.size(), writes, bookkeeping);
    }

    private static boolean isWrite(String line) {
        var verb = VERB.matcher(line);
        return verb.find()
                && switch (verb.group(1)) {
                    case "create", "update", "patch", "delete", "deletecollection" ->
                            !line.contains("dryRun=") && !line.contains("selfsubject");
                    default -> false;
                };
    }

    private String text(long from) throws IOException {
        try (var log = new RandomAccessFile(file.toFile(), "r")) {
            if (log.length() < from) {
                throw new IOException(file + " was begun anew while it was read");
            }
            log.seek(from);
            var bytes = new byte[Math.toIntExact(log.length() - from)];
            log.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
