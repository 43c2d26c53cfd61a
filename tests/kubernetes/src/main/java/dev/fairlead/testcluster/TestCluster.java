package dev.fairlead.testcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.opentest4j.TestAbortedException;

/// A cluster, and a namespace in it that nobody else uses.
///
/// @param kubeconfig of an administrator
/// @param program kubectl
/// @param auditLog who asked for what, where the cluster is ours
public record TestCluster(
        Path kubeconfig, String program, String namespace, Optional<Path> auditLog) {
    /// The address of the node; this machine is its neighbour with the number 1.
    private static final Pattern SERVER =
            Pattern.compile("server: \"?https://(\\d+\\.\\d+\\.\\d+\\.)2:");

    /// Another namespace, named after a test.
    public TestCluster fresh(String test) throws IOException, InterruptedException {
        var word = test.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        var name =
                "t-"
                        + word
                        + "-"
                        + Integer.toString(
                                ThreadLocalRandom.current().nextInt(46_656, 1_679_616), 36);
        var next = new TestCluster(kubeconfig, program, name, auditLog);
        next.kubectl("create", "namespace", name);
        // Without its account no pod is admitted.
        next.kubectl("wait", "--for=create", "serviceaccount/default", "--timeout=30s");
        return next;
    }

    /// Runs kubectl in the namespace and gives its output.
    ///
    /// @throws AssertionError when it fails
    public String kubectl(String... arguments) throws IOException, InterruptedException {
        var said = run("", arguments);
        if (said.status() != 0) {
            throw new AssertionError("kubectl " + String.join(" ", arguments) + ": " + said.text());
        }
        return said.text();
    }

    /// Applies a manifest by kubectl, as somebody else would.
    public String kubectlApply(String manifest, String... arguments)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of("apply", "-f", "-"));
        all.addAll(List.of(arguments));
        var said = run(manifest, all.toArray(String[]::new));
        if (said.status() != 0) {
            throw new AssertionError("kubectl apply: " + said.text());
        }
        return said.text();
    }

    private Shell.Said run(String input, String... arguments)
            throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of(program, "--kubeconfig", kubeconfig.toString(), "-n", namespace));
        command.addAll(List.of(arguments));
        return Shell.run(command, input);
    }

    /// Lets the node pull from a registry of this machine under the name that it has here.
    ///
    /// @throws TestAbortedException where the cluster is not made for that
    public void pullsFrom(TestRegistry registry) throws IOException {
        var folder = kubeconfig.resolveSibling("registries");
        var server = SERVER.matcher(Files.readString(kubeconfig));
        if (!Files.isDirectory(folder) || !server.find()) {
            var absence = "skipped: needs a cluster of tests/kubernetes/cluster with a node";
            System.out.println(absence);
            throw new TestAbortedException(absence);
        }
        var host = Files.createDirectories(folder.resolve(registry.host()));
        Files.writeString(
                host.resolve("hosts.toml"),
                """
                [host."http://%s1:%d"]
                  capabilities = ["pull", "resolve"]
                """
                        .formatted(server.group(1), registry.port()));
    }

    /// The processes behind it.
    ///
    /// @throws TestAbortedException where the cluster is somebody else's
    public ControlPlane controlPlane() {
        if (System.getenv("FAIRLEAD_TEST_KUBECONFIG") != null) {
            var absence = "skipped: needs a cluster of its own, whose parts it stops";
            System.out.println(absence);
            throw new TestAbortedException(absence);
        }
        return new ControlPlane(kubeconfig.toAbsolutePath().resolveSibling(""));
    }

    /// Asks for the namespace's end; nobody waits for it.
    public void abandon() throws IOException, InterruptedException {
        run("", "delete", "namespace", namespace, "--wait=false", "--ignore-not-found");
    }
}
