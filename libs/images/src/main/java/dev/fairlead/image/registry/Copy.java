package dev.fairlead.image.registry;

import dev.fairlead.document.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Copies an image from one registry to another as it is, with all its platforms: its digest stays the same.
public record Copy(Registry registry, Consumer<String> progress) {
    /// @return the digest
    public String of(Reference from, Reference to) throws InterruptedException {
        var manifest = registry.manifest(from);
        var tree = Json.readObject(manifest.text());
        for (var platform : parts(tree, "manifests")) {
            var digest = platform.digest();
            of(from.at(digest), to.at(digest));
        }
        var blobs = new ArrayList<>(parts(tree, "layers"));
        if (tree.get("config") instanceof Map<?, ?> config) {
            blobs.add(Part.of(config));
        }
        for (var blob : blobs) {
            if (!registry.hasBlob(to, blob.digest())) {
                progress.accept("copies %s (%d bytes)".formatted(blob.digest(), blob.size()));
                try (var content = registry.blob(from, blob.digest())) {
                    registry.putBlob(to, blob.digest(), blob.size(), content);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        registry.put(to, manifest);
        return manifest.digest();
    }

    private record Part(String digest, long size) {
        static Part of(Map<?, ?> tree) {
            return new Part(
                    String.valueOf(tree.get("digest")),
                    tree.get("size") instanceof Number size ? size.longValue() : 0);
        }
    }

    private static List<Part> parts(Map<String, Object> tree, String key) {
        var parts = new ArrayList<Part>();
        if (tree.get(key) instanceof List<?> list) {
            for (var item : list) {
                if (item instanceof Map<?, ?> map) {
                    parts.add(Part.of(map));
                }
            }
        }
        return parts;
    }
}
