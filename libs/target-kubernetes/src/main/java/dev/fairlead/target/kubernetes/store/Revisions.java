package dev.fairlead.target.kubernetes.store;

import dev.fairlead.target.kubernetes.client.Cluster;
import dev.fairlead.target.kubernetes.client.Removal;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Revisions that are too large for the record's ConfigMap, in pieces of ConfigMaps of their own. The first piece is
/// written last: a revision is there exactly when that one is.
final class Revisions {
    private static final int PIECE = 600 << 10;

    private final Cluster cluster;
    private final Shelf shelf;

    Revisions(Cluster cluster, Shelf shelf) {
        this.cluster = cluster;
        this.shelf = shelf;
    }

    void write(long number, byte[] packed) throws InterruptedException {
        int pieces = (packed.length + PIECE - 1) / PIECE;
        for (int i = pieces - 1; i >= 0; i--) {
            var part =
                    Arrays.copyOfRange(packed, i * PIECE, Math.min(packed.length, (i + 1) * PIECE));
            var address = shelf.revision(number, i);
            var tree = shelf.tree(address, "revision", "");
            tree.put("data", Map.of("number", "" + number, "piece", "" + i, "pieces", "" + pieces));
            tree.put("binaryData", Map.of("part", Packed.base64(part)));
            var left = cluster.find(address); // by a run that was killed here
            if (left.isPresent()) {
                cluster.delete(address, Removal.of(left.get())).orThrow();
            }
            cluster.create(address, tree).orThrow();
        }
    }

    SortedSet<Long> list() throws InterruptedException {
        var numbers = new TreeSet<Long>();
        for (var object : cluster.list(shelf.all("revision").onlyMetadata()).objects()) {
            var name = Trees.text(object, "metadata", "name").orElse("");
            if (name.endsWith("-0")) {
                numbers.add(number(name));
            }
        }
        return numbers;
    }

    Optional<byte[]> read(long number) throws InterruptedException {
        var whole = new ByteArrayOutputStream();
        int pieces = 1;
        for (int i = 0; i < pieces; i++) {
            var piece = cluster.find(shelf.revision(number, i));
            if (piece.isEmpty()) {
                return Optional.empty();
            }
            pieces = Integer.parseInt(Trees.text(piece.get(), "data", "pieces").orElse("1"));
            whole.writeBytes(
                    Packed.bytesOf(Trees.text(piece.get(), "binaryData", "part").orElse("")));
        }
        return Optional.of(whole.toByteArray());
    }

    void dropBelow(long oldest) throws InterruptedException {
        for (var object : cluster.list(shelf.all("revision").onlyMetadata()).objects()) {
            var name = Trees.text(object, "metadata", "name").orElse("");
            if (number(name) < oldest) {
                // Whoever was faster did the same.
                cluster.delete(shelf.at(name), Removal.of(object));
            }
        }
    }

    private static long number(String name) {
        return Long.parseLong(name.replaceFirst(".*-revision-(\\d+)-\\d+$", "$1"));
    }
}
