package dev.fairlead.target.kubernetes.discovery;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// One kind of object in one version, as a server offers it.
///
/// @param group empty for the core group
/// @param plural its name in paths and rules: `deployments`
/// @param namespaced false: the kind has no namespaces
/// @param verbs `get`, `list`, `watch`, `create`, `patch`, `delete`, …
/// @param subresources `status`, `scale`, `log`, …
/// @param preferred whether the server prefers this version among those of its group
public record ApiResource(
        String group,
        String version,
        String kind,
        String plural,
        boolean namespaced,
        SortedSet<String> verbs,
        SortedSet<String> subresources,
        boolean preferred)
        implements Comparable<ApiResource> {
    public ApiResource {
        verbs = Collections.unmodifiableSortedSet(new TreeSet<>(verbs));
        subresources = Collections.unmodifiableSortedSet(new TreeSet<>(subresources));
    }

    /// As objects spell it: `v1`, `apps/v1`.
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// The name that is unique in a cluster: `deployments.apps`.
    public String qualified() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    public boolean can(String verb) {
        return verbs.contains(verb);
    }

    /// The path that all its objects share.
    public String root() {
        return group.isEmpty() ? "/api/" + version : "/apis/" + apiVersion();
    }

    /// By group, version and plural.
    @Override
    public int compareTo(ApiResource other) {
        int first = apiVersion().compareTo(other.apiVersion());
        return first != 0 ? first : plural.compareTo(other.plural);
    }
}
