package dev.fairlead.target.kubernetes.store;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.client.Answer;
import dev.fairlead.target.kubernetes.client.Cluster;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Every object that was applied and not yet removed, in ConfigMaps of some thousand references each. References are
/// added before their objects are applied and removed after their objects are gone, so a run that is killed at any moment
/// leaves too many of them at worst. A reference alone deletes nothing.
public final class Inventory {
    private static final int FULL = 4_000;
    private static final int ATTEMPTS = 30;

    private final Cluster cluster;
    private final Shelf shelf;

    public Inventory(Cluster cluster, String namespace, EnvironmentRef ref) {
        this.cluster = cluster;
        this.shelf = new Shelf(namespace, ref);
    }

    private record Chunk(int number, String resourceVersion, SortedSet<Reference> references) {}

    /// All references.
    public SortedSet<Reference> list() throws InterruptedException {
        var all = new TreeSet<Reference>();
        chunks().forEach(chunk -> all.addAll(chunk.references()));
        return all;
    }

    /// Adds those that are not in it; without any there is no write.
    public void add(Collection<Reference> wanted) throws InterruptedException {
        for (int i = 0; i < ATTEMPTS; i++) {
            var chunks = chunks();
            var missing = new TreeSet<>(wanted);
            chunks.forEach(chunk -> missing.removeAll(chunk.references()));
            if (missing.isEmpty()) {
                return;
            }
            var room =
                    chunks.stream()
                            .filter(chunk -> chunk.references().size() < FULL)
                            .findFirst()
                            .orElse(new Chunk(next(chunks), "", new TreeSet<>()));
            var more = new TreeSet<>(room.references());
            missing.stream().limit(FULL - room.references().size()).forEach(more::add);
            if (write(room, more) && more.containsAll(missing)) {
                return;
            }
            i = more.size() == FULL ? 0 : i; // a full chunk is progress, not a lost race
        }
        throw contended();
    }

    /// Takes out those that are in it.
    public void remove(Collection<Reference> gone) throws InterruptedException {
        for (int i = 0; i < ATTEMPTS; i++) {
            boolean all = true;
            for (var chunk : chunks()) {
                var rest = new TreeSet<>(chunk.references());
                if (rest.removeAll(gone)) {
                    all &= write(chunk, rest);
                }
            }
            if (all) {
                return;
            }
        }
        throw contended();
    }

    private static RuntimeException contended() {
        return Problem.error(
                        KubernetesCode.OBJECT_CONFLICT,
                        "the inventory changed " + ATTEMPTS + " times while it was written")
                .thrown();
    }

    private static int next(List<Chunk> chunks) {
        return chunks.stream().mapToInt(Chunk::number).max().orElse(-1) + 1;
    }

    private List<Chunk> chunks() throws InterruptedException {
        var chunks = new ArrayList<Chunk>();
        for (var object : cluster.list(shelf.all("inventory")).objects()) {
            var name = Trees.text(object, "metadata", "name").orElse("");
            var references =
                    Trees.text(object, "data", "references")
                            .orElse("")
                            .lines()
                            .flatMap(line -> Reference.parsed(line).stream())
                            .collect(Collectors.toCollection(TreeSet::new));
            chunks.add(
                    new Chunk(
                            Integer.parseInt(name.replaceFirst(".*-inventory-", "")),
                            Trees.text(object, "metadata", "resourceVersion").orElse(""),
                            references));
        }
        return chunks;
    }

    /// @return false when somebody else wrote it
    private boolean write(Chunk chunk, SortedSet<Reference> references)
            throws InterruptedException {
        var address = shelf.inventory(chunk.number());
        var tree = shelf.tree(address, "inventory", chunk.resourceVersion());
        var lines = references.stream().map(Reference::line).collect(Collectors.joining("\n"));
        tree.put("data", Map.of("references", lines));
        var answer =
                chunk.resourceVersion().isEmpty()
                        ? cluster.create(address, tree)
                        : cluster.replace(address, tree);
        if (answer instanceof Answer.Refused(var refusal)
                && !refusal.stale()
                && !refusal.alreadyExists()) {
            throw refusal.problem().thrown();
        }
        return answer instanceof Answer.Accepted;
    }
}
