package dev.fairlead.target.kubernetes.access;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.kubernetes.KubernetesYaml;
import dev.fairlead.target.kubernetes.KubernetesCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One kubeconfig file.
record KubeconfigFile(Path path, Map<?, ?> tree) {
    static KubeconfigFile read(Path path) {
        try {
            var tree = KubernetesYaml.read(Files.readString(path));
            if (tree == null || tree instanceof Map<?, ?>) {
                return new KubeconfigFile(path, tree instanceof Map<?, ?> map ? map : Map.of());
            }
            throw invalid(path + " is not a kubeconfig");
        } catch (IOException e) {
            throw invalid(path + " cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw invalid(path + " is not YAML: " + e.getMessage());
        }
    }

    static ProblemException invalid(String what) {
        return Problem.error(KubernetesCode.KUBECONFIG_INVALID, what).thrown();
    }

    Optional<String> currentContext() {
        return Optional.ofNullable(tree.get("current-context"))
                .map(Object::toString)
                .filter(name -> !name.isBlank());
    }

    List<String> names(String list) {
        return entries(list).stream().map(entry -> String.valueOf(entry.get("name"))).toList();
    }

    /// @param member where an entry keeps what it says: `cluster` of `clusters`
    Optional<KubeconfigEntry> entry(String list, String member, String name) {
        return entries(list).stream()
                .filter(entry -> name.equals(String.valueOf(entry.get("name"))))
                .findFirst()
                .map(entry ->
                        new KubeconfigEntry(
                                path,
                                member + " \"" + name + "\"",
                                entry.get(member) instanceof Map<?, ?> map ? map : Map.of()));
    }

    private List<Map<?, ?>> entries(String list) {
        var entries = tree.get(list) instanceof List<?> found ? found : List.of();
        return entries.stream()
                .<Map<?, ?>>mapMulti((entry, out) -> {
                    if (entry instanceof Map<?, ?> map) {
                        out.accept(map);
                    }
                })
                .toList();
    }
}
