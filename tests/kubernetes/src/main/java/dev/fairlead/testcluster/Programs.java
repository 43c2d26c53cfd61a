package dev.fairlead.testcluster;

import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/// The cluster's programs: built by Go when its files changed, kept in the user's cache.
final class Programs {
    private static final List<String> INPUTS =
            List.of("go.mod", "go.sum", "main.go", "dns.go", "build.sh");

    private Programs() {}

    static Path scripts() {
        return Repository.root().resolve("tests/kubernetes/cluster");
    }

    /// The folder with the programs; the first call after a change takes minutes.
    static Path provide() throws IOException, InterruptedException, Absence {
        var cache = cache();
        var folder = cache.resolve("kubernetes-" + hash().substring(0, 16));
        Files.createDirectories(cache);
        try (var channel =
                        FileChannel.open(
                                cache.resolve("kubernetes.lock"),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!Files.isExecutable(folder.resolve("kubectl")) && lock.isValid()) {
                build(folder);
            }
        }
        return folder;
    }

    private static void build(Path folder) throws IOException, InterruptedException, Absence {
        if (!Shell.onPath("go")) {
            throw new Absence(
                    "go on the PATH (it builds the cluster), or FAIRLEAD_TEST_KUBECONFIG");
        }
        System.out.println(
                "building a Kubernetes cluster for the tests into "
                        + folder
                        + ", once: some minutes");
        var draft = folder.resolveSibling(folder.getFileName() + ".part");
        var built =
                Shell.run(List.of(scripts().resolve("build.sh").toString(), draft.toString()), "");
        if (built.status() != 0) {
            throw new Absence("a Go build that works: " + last(built.text()));
        }
        if (!Files.exists(folder)) {
            Files.move(draft, folder);
        }
    }

    private static String last(String text) {
        return text.lines().reduce((_, line) -> line).orElse("it said nothing");
    }

    private static Path cache() {
        var named = System.getenv("XDG_CACHE_HOME");
        var base =
                named == null || named.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(named);
        return base.resolve("fairlead-tests");
    }

    private static String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var name : INPUTS) {
                digest.update(Files.readAllBytes(scripts().resolve(name)));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
