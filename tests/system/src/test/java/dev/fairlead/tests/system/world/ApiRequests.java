package dev.fairlead.tests.system.world;

import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fairlead.document.Json;
import dev.fairlead.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/// What Fairlead asked of a cluster, by the API server's own audit log.
public record ApiRequests(TestCluster cluster) {
    private static final List<String> READING = List.of("get", "list", "watch");

    /// The writes in the namespace so far, in their order: `configmaps/name`.
    public List<String> writes() throws IOException {
        assumeThat(cluster.auditLog()).as("an audit log of the cluster").isPresent();
        try (var lines = Files.lines(cluster.auditLog().orElseThrow())) {
            return lines.filter(line -> line.contains("\"" + cluster.namespace() + "\""))
                    .filter(line -> line.contains("\"userAgent\":\"fairlead\""))
                    .map(Json::readObject)
                    .filter(ApiRequests::isWrite)
                    .map(request -> (Map<?, ?>) request.get("objectRef"))
                    .map(ref -> ref.get("resource") + "/" + ref.get("name"))
                    .toList();
        }
    }

    private static boolean isWrite(Map<String, Object> request) {
        return !READING.contains(String.valueOf(request.get("verb")))
                && !String.valueOf(request.get("requestURI")).contains("dryRun");
    }
}
