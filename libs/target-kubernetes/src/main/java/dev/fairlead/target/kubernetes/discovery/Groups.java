package dev.fairlead.target.kubernetes.discovery;

import dev.fairlead.target.kubernetes.http.Call;
import dev.fairlead.target.kubernetes.http.Transport;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Asks a server for its kinds: in two requests where it answers for all groups at once, else group by group.
final class Groups {
    private static final List<String> AGGREGATED =
            List.of(
                    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList",
                    "application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList",
                    "application/json");

    private final Transport transport;

    Groups(Transport transport) {
        this.transport = transport;
    }

    List<ApiResource> read() throws InterruptedException {
        var found = new ArrayList<ApiResource>();
        for (var root : List.of("/api", "/apis")) {
            var call = Call.reading(root, "ask for the kinds of the cluster").accepting(AGGREGATED);
            var tree = transport.send(call).tree();
            if ("APIGroupDiscoveryList".equals(tree.get("kind"))) {
                Trees.maps(tree, "items").forEach(group -> aggregated(group, found));
            } else if (root.equals("/api")) {
                for (var version : texts(tree, "versions")) {
                    single("/api/" + version, true, found);
                }
            } else {
                for (var group : Trees.maps(tree, "groups")) {
                    var preferred = Trees.text(group, "preferredVersion", "version");
                    for (var version : Trees.maps(group, "versions")) {
                        single(
                                "/apis/" + version.get("groupVersion"),
                                Trees.text(version, "version").equals(preferred),
                                found);
                    }
                }
            }
        }
        return found.stream().sorted().toList();
    }

    private static void aggregated(Map<String, Object> group, List<ApiResource> found) {
        var name = Trees.text(group, "metadata", "name").orElse("");
        boolean preferred = true; // the server lists the preferred version first
        for (var version : Trees.maps(group, "versions")) {
            for (var resource : Trees.maps(version, "resources")) {
                var kind = Trees.map(resource, "responseKind").get("kind");
                if (kind == null) {
                    continue; // only its subresources are served
                }
                var subresources = new TreeSet<String>();
                Trees.maps(resource, "subresources")
                        .forEach(sub -> subresources.add(String.valueOf(sub.get("subresource"))));
                found.add(
                        new ApiResource(
                                name,
                                String.valueOf(version.get("version")),
                                kind.toString(),
                                String.valueOf(resource.get("resource")),
                                "Namespaced".equals(resource.get("scope")),
                                new TreeSet<>(texts(resource, "verbs")),
                                subresources,
                                preferred));
            }
            preferred = false;
        }
    }

    private void single(String path, boolean preferred, List<ApiResource> found)
            throws InterruptedException {
        var reply = transport.send(Call.reading(path, "ask for the kinds under " + path));
        if (!reply.successful()) {
            return; // an aggregated API that is down takes nothing but its own kinds along
        }
        var groupVersion = path.replaceFirst("^/apis?/", "");
        int slash = groupVersion.indexOf('/');
        var subresources = new TreeMap<String, TreeSet<String>>();
        var resources = Trees.maps(reply.tree(), "resources");
        for (var resource : resources) {
            var parts = String.valueOf(resource.get("name")).split("/", 2);
            var subs = subresources.computeIfAbsent(parts[0], _ -> new TreeSet<>());
            if (parts.length == 2) {
                subs.add(parts[1]);
            }
        }
        for (var resource : resources) {
            var name = String.valueOf(resource.get("name"));
            if (!name.contains("/")) {
                found.add(
                        new ApiResource(
                                slash < 0 ? "" : groupVersion.substring(0, slash),
                                groupVersion.substring(slash + 1),
                                String.valueOf(resource.get("kind")),
                                name,
                                Boolean.TRUE.equals(resource.get("namespaced")),
                                new TreeSet<>(texts(resource, "verbs")),
                                subresources.getOrDefault(name, new TreeSet<>()),
                                preferred));
            }
        }
    }

    private static List<String> texts(Map<String, Object> tree, String key) {
        return tree.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }
}
