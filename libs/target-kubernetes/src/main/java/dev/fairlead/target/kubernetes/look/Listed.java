package dev.fairlead.target.kubernetes.look;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.discovery.ApiResource;
import dev.fairlead.target.kubernetes.home.Home;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// The objects of some references that are there: one list per kind for those in the home namespace, one request each for
/// the others.
public final class Listed {
    private final SortedMap<ObjectRef, Map<String, Object>> objects = new TreeMap<>();

    private Listed() {}

    /// @param refs what is looked for
    /// @param versions the version to read a kind in, by group and kind, where it matters
    public static Listed of(Home home, Collection<ObjectRef> refs, Map<String, String> versions) {
        var kinds = new HashMap<String, ApiResource>();
        var single = new TreeSet<ObjectRef>();
        for (var ref : refs) {
            var resource = resource(home, ref, versions);
            if (resource.isEmpty()) {
                continue; // a kind that the server does not know has no objects
            }
            if (resource.get().namespaced() && ref.namespace().equals(home.namespace())) {
                kinds.putIfAbsent(kind(ref), resource.get());
            } else {
                single.add(ref);
            }
        }
        var work = new ArrayList<Callable<List<Map<String, Object>>>>();
        for (var resource : kinds.values()) {
            var selection = Selection.of(resource).in(home.namespace());
            work.add(() -> home.ask(() -> home.cluster().list(selection)).objects());
        }
        for (var ref : single) {
            work.add(() ->
                    home.address(ref)
                            .flatMap(at -> home.ask(() -> home.cluster().find(at)))
                            .map(List::of)
                            .orElse(List.of()));
        }
        var listed = new Listed();
        for (var found : together(home, work)) {
            found.forEach(tree -> listed.objects.put(ObjectRef.of(tree), tree));
        }
        return listed;
    }

    /// `apps/Deployment`
    public static String kind(ObjectRef ref) {
        return ref.group() + "/" + ref.kind();
    }

    private static Optional<ApiResource> resource(
            Home home, ObjectRef ref, Map<String, String> versions) {
        var version = versions.get(kind(ref));
        return version == null
                ? home.resource(ref)
                : home.ask(() -> home.cluster().discovery().find(version, ref.kind()));
    }

    /// All at once; the client itself does not ask more than the server bears.
    static <T> List<T> together(Home home, List<Callable<T>> work) {
        if (work.isEmpty()) {
            return List.of();
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = home.ask(() -> threads.invokeAll(work));
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(
                        home.ask(() -> {
                            try {
                                return future.get();
                            } catch (ExecutionException e) {
                                if (e.getCause() instanceof RuntimeException failure) {
                                    throw failure;
                                }
                                throw new IllegalStateException(e.getCause());
                            }
                        }));
            }
            return results;
        }
    }

    public Optional<Map<String, Object>> find(ObjectRef ref) {
        return Optional.ofNullable(objects.get(ref));
    }

    /// Everything that was found, by reference.
    public SortedMap<ObjectRef, Map<String, Object>> objects() {
        return objects;
    }
}
