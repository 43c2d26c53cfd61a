package dev.fairlead.target.kubernetes.access;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.access.Access.Trust;
import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The kubeconfig files that kubectl would read, merged: of two entries with one name the first holds.
public final class Kubeconfig {
    private final Map<String, String> environment;
    private final Clock clock;
    private final List<KubeconfigFile> files;

    private Kubeconfig(Map<String, String> environment, Clock clock, List<KubeconfigFile> files) {
        this.clock = clock;
        this.environment = Map.copyOf(environment);
        this.files = files;
    }

    /// Reads the files that `KUBECONFIG` lists, else `~/.kube/config`.
    ///
    /// @param environment the process's
    /// @param clock tells when a token of a plugin is used up
    /// @throws ProblemException when one of them is not a kubeconfig
    public static Kubeconfig read(Map<String, String> environment, Clock clock) {
        var files = new ArrayList<KubeconfigFile>();
        for (var path : paths(environment)) {
            if (Files.isRegularFile(path)) {
                files.add(KubeconfigFile.read(path));
            }
        }
        return new Kubeconfig(environment, clock, files);
    }

    private static List<Path> paths(Map<String, String> environment) {
        var listed = environment.getOrDefault("KUBECONFIG", "");
        if (listed.isBlank()) {
            return List.of(Path.of(environment.getOrDefault("HOME", "."), ".kube", "config"));
        }
        var paths = new ArrayList<Path>();
        for (var path : listed.split(File.pathSeparator, -1)) {
            if (!path.isBlank()) {
                paths.add(Path.of(path));
            }
        }
        return paths;
    }

    /// The names of all contexts, sorted.
    public List<String> contexts() {
        var names = new TreeSet<String>();
        files.forEach(file -> names.addAll(file.names("contexts")));
        return List.copyOf(names);
    }

    /// The way in that a context describes; without files, inside a pod, that of the pod's own account.
    ///
    /// @param context empty: the current one
    public Access access(Optional<String> context) {
        if (context.isEmpty() && files.isEmpty() && InCluster.here(environment, InCluster.MOUNT)) {
            return InCluster.access(environment, InCluster.MOUNT);
        }
        var name = context.or(this::currentContext).orElseThrow(this::noContext);
        var chosen = entry("contexts", "context", name).orElseThrow(() -> unknownContext(name));
        var cluster = required(chosen, "cluster", "clusters", name);
        var server = cluster.text("server").orElseThrow(() -> cluster.wrong("it has no server"));
        return new Access(
                name,
                address(cluster, server),
                chosen.text("namespace"),
                trust(cluster),
                chosen.text("user").isPresent()
                        ? user(required(chosen, "user", "users", name), cluster)
                        : Fixed.NOBODY,
                cluster.text("proxy-url").map(proxy -> address(cluster, proxy)));
    }

    private Credentials user(KubeconfigEntry user, KubeconfigEntry cluster) {
        return UserCredentials.of(user, cluster, environment, clock);
    }

    private Optional<String> currentContext() {
        return files.stream().flatMap(file -> file.currentContext().stream()).findFirst();
    }

    private Optional<KubeconfigEntry> entry(String list, String member, String name) {
        return files.stream().flatMap(file -> file.entry(list, member, name).stream()).findFirst();
    }

    private KubeconfigEntry required(
            KubeconfigEntry context, String member, String list, String contextName) {
        var name = context.text(member).orElseThrow(() -> context.wrong("it names no " + member));
        return entry(list, member, name)
                .orElseThrow(() ->
                        context.wrong(
                                "its %s \"%s\" is in no file; context \"%s\" cannot be used"
                                        .formatted(member, name, contextName)));
    }

    private static URI address(KubeconfigEntry entry, String text) {
        try {
            var address =
                    URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            if (address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw entry.wrong("\"" + text + "\" is not the address of a server");
    }

    private static Trust trust(KubeconfigEntry cluster) {
        var authority =
                cluster.data("certificate-authority-data")
                        .or(() -> cluster.file("certificate-authority"));
        return new Trust(
                authority.stream().toList(),
                !cluster.flag("insecure-skip-tls-verify"),
                cluster.text("tls-server-name"));
    }

    private ProblemException noContext() {
        var what =
                files.isEmpty()
                        ? "there is no kubeconfig at "
                                + paths(environment).stream()
                                        .map(Path::toString)
                                        .collect(Collectors.joining(", "))
                        : "the kubeconfig has no current context";
        return Problem.error(KubernetesCode.KUBECONFIG_MISSING, what)
                .withHint(
                        contexts().isEmpty()
                                ? "set KUBECONFIG to a kubeconfig file"
                                : "name one of its contexts: " + String.join(", ", contexts()))
                .thrown();
    }

    private ProblemException unknownContext(String name) {
        var near = Nearest.hint(name, contexts());
        return Problem.error(
                        KubernetesCode.KUBECONFIG_MISSING,
                        "the kubeconfig has no context \"" + name + "\"")
                .withHint(near.orElse("its contexts are: " + String.join(", ", contexts())))
                .thrown();
    }
}
