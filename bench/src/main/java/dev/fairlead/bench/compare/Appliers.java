package dev.fairlead.bench.compare;

import dev.fairlead.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The programs that deploy objects to a cluster.
///
/// @param work where their inputs are written
/// @param fairlead the command
record Appliers(Path work, Peers peers, String fairlead) {
    /// What is deployed after what.
    enum Step {
        FIRST("first"),
        NO_CHANGE("no change"),
        ONE_CHANGED("one changed");

        private final String words;

        Step(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /// Writes its input and gives the command that deploys it into the cluster's namespace.
    interface Applier {
        List<String> command(TestCluster cluster, ManyObjects objects) throws IOException;
    }

    Map<String, Applier> all() throws IOException, InterruptedException {
        var all = new LinkedHashMap<String, Applier>();
        all.put(
                "fairlead up",
                (own, objects) ->
                        List.of(
                                fairlead,
                                "up",
                                objects.stack(work, own).toString(),
                                "-e",
                                "k",
                                "--detach",
                                "-q"));
        all.put("kubectl apply --server-side", (own, objects) -> kubectl(own, objects, List.of()));
        all.put(
                "kubectl apply --server-side --validate=false",
                (own, objects) -> kubectl(own, objects, List.of("--validate=false")));
        var three = peers.helm();
        var four = peers.helm4();
        all.put("helm 3 upgrade --install", (own, objects) -> helm(three, own, objects));
        all.put("helm 4 upgrade --install", (own, objects) -> helm(four, own, objects));
        return all;
    }

    private List<String> kubectl(TestCluster own, ManyObjects objects, List<String> more)
            throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                own.program(),
                                "--kubeconfig",
                                own.kubeconfig().toString(),
                                "-n",
                                own.namespace(),
                                "apply",
                                "--server-side",
                                "-f",
                                objects.manifest(work).toString()));
        command.addAll(more);
        return command;
    }

    private List<String> helm(String program, TestCluster own, ManyObjects objects)
            throws IOException {
        return List.of(
                program,
                "--kubeconfig",
                own.kubeconfig().toString(),
                "-n",
                own.namespace(),
                "upgrade",
                "--install",
                "bench",
                objects.chart(work).toString());
    }
}
