package dev.fairlead.target.kubernetes.look;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.target.kubernetes.client.Listing;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.discovery.ApiResource;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Together;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/// The objects of some references that are there: one list per kind for those in the home namespace, one request each for
/// the others.
public final class Listed {
    private final SortedMap<ObjectRef, Map<String, Object>> objects = new TreeMap<>();
    private final SortedMap<ApiResource, String> moments = new TreeMap<>();

    private Listed() {}

    /// Where there is nothing.
    static Listed nothing() {
        return new Listed();
    }

    /// Objects that somebody has.
    public static Listed known(Map<ObjectRef, Map<String, Object>> objects) {
        var known = new Listed();
        known.objects.putAll(objects);
        return known;
    }

    /// @param refs what is looked for
    /// @param versions the version to read a kind in, by group and kind, where it matters
    public static Listed of(Home home, Collection<ObjectRef> refs, Map<String, String> versions) {
        return new Listed().and(home, refs, versions);
    }

    /// Looks for more; kinds that were listed are not listed again.
    Listed and(Home home, Collection<ObjectRef> refs, Map<String, String> versions) {
        var kinds = new TreeMap<String, Optional<ApiResource>>();
        var single = new TreeSet<ObjectRef>();
        for (var ref : refs) {
            var resource = kinds.computeIfAbsent(kind(ref), _ -> resource(home, ref, versions));
            // A kind that the server does not know has no objects.
            if (resource.isPresent()
                    && !(resource.get().namespaced() && ref.namespace().equals(home.namespace()))) {
                single.add(ref);
            }
        }
        var wanted = new TreeSet<ApiResource>();
        for (var ref : refs) {
            if (!single.contains(ref)) {
                kinds.getOrDefault(kind(ref), Optional.empty()).ifPresent(wanted::add);
            }
        }
        wanted.removeAll(moments.keySet());
        var work = new ArrayList<Callable<Runnable>>();
        for (var resource : wanted) {
            var selection = own(home, resource);
            work.add(() -> {
                var listing = home.ask(() -> home.cluster().list(selection));
                if (listing.resourceVersion().isEmpty()) {
                    // Not served any more: what is kept of the kinds is old.
                    home.ask(() -> {
                        home.cluster().discovery().forget();
                        return true;
                    });
                }
                return () -> take(resource, listing);
            });
        }
        for (var ref : single) {
            work.add(() -> {
                var found =
                        home.address(ref).flatMap(at -> home.ask(() -> home.cluster().find(at)));
                return () -> found.ifPresent(this::put);
            });
        }
        Together.all(home, work).forEach(Runnable::run);
        return this;
    }

    /// Takes what was listed already: all objects of a kind in the home namespace.
    void take(ApiResource resource, Listing listing) {
        moments.put(resource, listing.resourceVersion());
        listing.objects().forEach(this::put);
    }

    private void put(Map<String, Object> tree) {
        objects.put(ObjectRef.of(tree), tree);
    }

    /// The objects of a kind in the home namespace, without the records that Fairlead keeps there: they can be large.
    public static Selection own(Home home, ApiResource resource) {
        var all = Selection.of(resource).in(home.namespace());
        boolean maps = resource.group().isEmpty() && resource.kind().equals("ConfigMap");
        return maps ? all.labelled("!" + Home.KEEPS) : all;
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

    public Optional<Map<String, Object>> find(ObjectRef ref) {
        return Optional.ofNullable(objects.get(ref));
    }

    /// Everything that was found, by reference.
    public SortedMap<ObjectRef, Map<String, Object>> objects() {
        return objects;
    }

    /// The kinds of which all objects of the home namespace are here, each with the moment that a watch goes on from.
    public SortedMap<ApiResource, String> moments() {
        return Collections.unmodifiableSortedMap(moments);
    }
}
