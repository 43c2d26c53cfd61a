package dev.fairlead.target.kubernetes.access;

import dev.fairlead.diagnostic.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One cluster, user or context of a kubeconfig file; paths in it are relative to the file.
///
/// @param name for messages: `user "ada"`
record KubeconfigEntry(Path file, String name, Map<?, ?> tree) {
    Optional<String> text(String key) {
        return Optional.ofNullable(tree.get(key))
                .map(Object::toString)
                .filter(text -> !text.isBlank());
    }

    boolean flag(String key) {
        return Boolean.TRUE.equals(tree.get(key));
    }

    Optional<KubeconfigEntry> child(String key) {
        return tree.get(key) instanceof Map<?, ?> child
                ? Optional.of(new KubeconfigEntry(file, name, child))
                : Optional.empty();
    }

    List<String> texts(String key) {
        return tree.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    List<KubeconfigEntry> children(String key) {
        var list = tree.get(key) instanceof List<?> found ? found : List.of();
        return list.stream()
                .filter(child -> child instanceof Map<?, ?>)
                .map(child -> new KubeconfigEntry(file, name, (Map<?, ?>) child))
                .toList();
    }

    /// Text that stands here in base64.
    Optional<String> data(String key) {
        return text(key)
                .map(base64 -> {
                    try {
                        return new String(
                                Base64.getMimeDecoder().decode(base64), StandardCharsets.UTF_8);
                    } catch (IllegalArgumentException e) {
                        throw wrong(key + " is not base64");
                    }
                });
    }

    Optional<Path> path(String key) {
        return text(key).map(path -> file.toAbsolutePath().resolveSibling(path));
    }

    /// The text of a file that is named here.
    Optional<String> file(String key) {
        return path(key).map(this::content);
    }

    String content(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw wrong("it names " + path + ", which cannot be read");
        }
    }

    ProblemException wrong(String what) {
        return KubeconfigFile.invalid(file + ": " + name + ": " + what);
    }
}
