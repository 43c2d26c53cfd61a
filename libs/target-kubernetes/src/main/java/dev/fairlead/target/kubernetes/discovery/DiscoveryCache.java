package dev.fairlead.target.kubernetes.discovery;

import dev.fairlead.document.Digest;
import dev.fairlead.document.Json;
import dev.fairlead.target.kubernetes.access.Access;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// The kinds of servers on disk, one file per server and version. A file that cannot be read or written is as if it
/// were not there.
public final class DiscoveryCache {
    private final Optional<Path> folder;
    private final String server;

    /// @param folder where to keep it; empty: nowhere
    public DiscoveryCache(Optional<Path> folder, Access access) {
        this.folder = folder;
        // A cluster that was made anew at the same address has other authorities.
        this.server =
                Digest.ofText(
                                access.server()
                                        + "\n"
                                        + String.join("\n", access.trust().authorities()))
                        .substring(0, 16);
    }

    Optional<List<ApiResource>> read(ServerVersion version) {
        return file(version).filter(Files::isReadable).flatMap(DiscoveryCache::parsed);
    }

    void write(ServerVersion version, List<ApiResource> resources) {
        var file = file(version);
        if (file.isEmpty()) {
            return;
        }
        try {
            Files.createDirectories(file.get().getParent());
            var draft = Files.createTempFile(file.get().getParent(), "kinds", ".tmp");
            Files.writeString(
                    draft, Json.compact(resources.stream().map(DiscoveryCache::tree).toList()));
            Files.move(draft, file.get(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // A cache that cannot be kept costs two requests, no more.
        }
    }

    void drop(ServerVersion version) {
        file(version)
                .ifPresent(file -> {
                    try {
                        Files.deleteIfExists(file);
                    } catch (IOException e) {
                        // It is written anew in a moment.
                    }
                });
    }

    private Optional<Path> file(ServerVersion version) {
        var safe = version.text().replaceAll("[^A-Za-z0-9.+-]", "_");
        return folder.map(path -> path.resolve(server + "-" + safe + ".json"));
    }

    private static List<Object> tree(ApiResource one) {
        return List.of(
                one.group(),
                one.version(),
                one.kind(),
                one.plural(),
                one.namespaced(),
                List.copyOf(one.verbs()),
                List.copyOf(one.subresources()),
                one.preferred());
    }

    private static Optional<List<ApiResource>> parsed(Path file) {
        try {
            var resources = new ArrayList<ApiResource>();
            var tree = Json.readObject("{\"all\":" + Files.readString(file) + "}");
            for (var entry : (List<?>) tree.getOrDefault("all", List.of())) {
                var one = (List<?>) entry;
                resources.add(
                        new ApiResource(
                                (String) one.get(0),
                                (String) one.get(1),
                                (String) one.get(2),
                                (String) one.get(3),
                                (Boolean) one.get(4),
                                texts(one.get(5)),
                                texts(one.get(6)),
                                (Boolean) one.get(7)));
            }
            return resources.isEmpty() ? Optional.empty() : Optional.of(resources);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static SortedSet<String> texts(Object list) {
        var texts = new TreeSet<String>();
        for (var one : (List<?>) list) {
            texts.add((String) one);
        }
        return texts;
    }
}
