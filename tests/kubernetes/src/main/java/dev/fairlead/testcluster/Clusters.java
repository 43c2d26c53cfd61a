package dev.fairlead.testcluster;

import dev.fairlead.testkit.DebianPackage;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The clusters of this run: at most one with and one without a node. The run is the Maven process, where there is one,
/// so that all modules share them.
public final class Clusters {
    private static final List<DebianPackage> NODE =
            List.of(
                    DebianPackage.CONTAINERD,
                    DebianPackage.RUNC,
                    DebianPackage.CNI,
                    DebianPackage.IPTABLES,
                    DebianPackage.BUSYBOX);

    private Clusters() {}

    /// The cluster of this run; starts it when it does not run yet.
    ///
    /// @param pods whether pods must run
    public static TestCluster provide(boolean pods)
            throws IOException, InterruptedException, Absence {
        var named = System.getenv("FAIRLEAD_TEST_KUBECONFIG");
        if (named != null && !named.isBlank()) {
            // One of ours that runs on for several runs has its log beside it.
            var log = Path.of(named).resolveSibling("log/audit.log");
            return new TestCluster(
                    Path.of(named),
                    "kubectl",
                    "default",
                    Optional.of(log).filter(Files::isReadable));
        }
        var withNode = folder(true);
        if (!pods && !Files.exists(withNode.resolve("up"))) {
            return started(folder(false), false);
        }
        requireNode();
        return started(withNode, true);
    }

    private static void requireNode() throws Absence, InterruptedException {
        if (!Shell.root()) {
            throw new Absence("root (pods run in containers), or FAIRLEAD_TEST_KUBECONFIG");
        }
        for (var wanted : NODE) {
            if (!wanted.provide()) {
                throw new Absence(wanted.absence().replaceFirst("skipped: needs ", ""));
            }
        }
    }

    private static TestCluster started(Path run, boolean node)
            throws IOException, InterruptedException, Absence {
        if (!Shell.onPath("openssl")) {
            throw new Absence("openssl (it makes the cluster's certificates)");
        }
        var programs = Programs.provide();
        Files.createDirectories(run);
        try (var channel =
                        FileChannel.open(
                                run.resolve("start.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!Files.exists(run.resolve("up")) && lock.isValid()) {
                start(run, programs, node);
            }
        }
        var said = Files.readAllLines(run.resolve("up"));
        if (!said.getFirst().equals("0")) {
            throw new AssertionError("the test cluster did not start: " + said);
        }
        return new TestCluster(
                run.resolve("admin.kubeconfig"),
                programs.resolve("kubectl").toString(),
                "default",
                Optional.of(run.resolve("log/audit.log")));
    }

    private static void start(Path run, Path programs, boolean node)
            throws IOException, InterruptedException {
        var builder =
                new ProcessBuilder(
                        "setsid",
                        Programs.scripts().resolve("watch.sh").toString(),
                        String.valueOf(owner().pid()),
                        run.toString());
        builder.environment()
                .putAll(Map.of("KUBE_BIN", programs.toString(), "KUBE_NODE", node ? "1" : "0"));
        var log = run.resolve("watch.log").toFile();
        var process =
                builder.redirectInput(new File("/dev/null"))
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start();
        while (!Files.exists(run.resolve("up"))) {
            if (!process.isAlive() && !Files.exists(run.resolve("up"))) {
                throw new AssertionError(
                        "the test cluster's watch ended: " + Files.readString(log.toPath()));
            }
            Thread.sleep(50);
        }
    }

    /// Maven, if it started this process; else this process.
    private static ProcessHandle owner() {
        for (var at = ProcessHandle.current().parent(); at.isPresent(); at = at.get().parent()) {
            var command = at.get().info().commandLine().orElse("");
            if (command.contains("plexus.classworlds") || command.contains("plexus-classworlds")) {
                return at.get();
            }
        }
        return ProcessHandle.current();
    }

    private static Path folder(boolean node) {
        var owner = owner();
        var start = owner.info().startInstant().map(at -> at.getEpochSecond()).orElse(0L);
        return Path.of(
                System.getProperty("java.io.tmpdir"),
                "fairlead-cluster-%d-%d-%s"
                        .formatted(owner.pid(), start % 100_000, node ? "node" : "plain"));
    }
}
