package dev.fairlead.bench.compare;

import dev.fairlead.testcluster.TestCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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
    interface Input {
        List<String> command(TestCluster cluster, ManyObjects objects) throws IOException;
    }

    /// @param name in the table
    /// @param agent how its name begins, as it tells the API server
    record Applier(String name, String agent, Input input) {}

    Applier ours() {
        return new Applier(
                "fairlead up",
                "fairlead",
                (own, objects) ->
                        List.of(
                                "env",
                                "KUBECONFIG=" + own.kubeconfig(),
                                fairlead,
                                "up",
                                objects.stack(work, own).toString(),
                                "-e",
                                "k",
                                "--detach",
                                "-q"));
    }

    List<Applier> all() throws IOException, InterruptedException {
        var three = peers.helm();
        var four = peers.helm4();
        return List.of(
                ours(),
                new Applier(
                        "kubectl apply --server-side",
                        "kubectl",
                        (own, objects) -> kubectl(own, objects, List.of())),
                new Applier(
                        "kubectl apply --server-side --validate=false",
                        "kubectl",
                        (own, objects) -> kubectl(own, objects, List.of("--validate=false"))),
                new Applier(
                        "helm 3 upgrade --install",
                        "Helm",
                        (own, objects) -> helm(three, own, objects)),
                new Applier(
                        "helm 4 upgrade --install",
                        "Helm",
                        (own, objects) -> helm(four, own, objects)));
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
