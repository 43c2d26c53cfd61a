package dev.fairlead.target.kubernetes.discovery;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.http.Call;
import dev.fairlead.target.kubernetes.http.Transport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The kinds of one server. What is on disk for its version is believed until a kind is asked for that is not in it: then
/// the server is asked again, so that a custom resource definition is found as soon as it is served. Safe for several
/// threads.
public final class Discovery {
    /// How long after it was asked the server need not be asked again.
    private static final Duration FRESH = Duration.ofMillis(500);

    private final Transport transport;
    private final Ticker ticker;
    private final DiscoveryCache cache;
    private @Nullable ServerVersion version;
    private @Nullable Kinds known;
    private @Nullable Deadline fresh;

    public Discovery(Transport transport, Ticker ticker, DiscoveryCache cache) {
        this.transport = transport;
        this.ticker = ticker;
        this.cache = cache;
    }

    /// The server's version; asked once.
    public synchronized ServerVersion version() throws InterruptedException {
        if (version == null) {
            var tree =
                    transport.send(Call.reading("/version", "ask for the server's version")).tree();
            version =
                    ServerVersion.of(
                            String.valueOf(tree.get("major")),
                            String.valueOf(tree.get("minor")),
                            String.valueOf(tree.get("gitVersion")));
        }
        return version;
    }

    /// All kinds in all versions, sorted.
    public List<ApiResource> list() throws InterruptedException {
        return kinds().all();
    }

    private synchronized Kinds kinds() throws InterruptedException {
        if (known == null) {
            known = cache.read(version()).map(Kinds::new).orElse(null);
        }
        return known == null ? refreshed() : known;
    }

    /// A kind in the version that the server prefers; empty when it does not have it.
    ///
    /// @param group empty for the core group
    public Optional<ApiResource> preferred(String group, String kind) throws InterruptedException {
        return kinds().preferred(group, kind);
    }

    /// @param apiVersion `apps/v1`
    /// @return empty when the server does not have the kind now
    public Optional<ApiResource> find(String apiVersion, String kind) throws InterruptedException {
        var found = kinds().find(apiVersion, kind);
        return found.isPresent() ? found : current().find(apiVersion, kind);
    }

    /// @throws dev.fairlead.diagnostic.ProblemException when the server does not have the kind
    public ApiResource require(String apiVersion, String kind) throws InterruptedException {
        var found = find(apiVersion, kind);
        if (found.isPresent()) {
            return found.get();
        }
        var all = list();
        var versions =
                all.stream()
                        .filter(one -> one.kind().equals(kind))
                        .map(ApiResource::apiVersion)
                        .toList();
        var kinds = all.stream().map(ApiResource::kind).distinct().toList();
        throw Problem.error(
                        KubernetesCode.KIND_UNKNOWN,
                        "the cluster has no %s in %s".formatted(kind, apiVersion))
                .withHint(
                        versions.isEmpty()
                                ? Nearest.hint(kind, kinds)
                                : Optional.of("it has %s in %s".formatted(kind, versions)))
                .thrown();
    }

    private synchronized Kinds current() throws InterruptedException {
        boolean asked = fresh != null && !fresh.passed();
        return asked ? kinds() : refreshed();
    }

    /// Forgets what is known: an object's path was not there, so the server has changed.
    public synchronized void forget() throws InterruptedException {
        known = null;
        cache.drop(version());
    }

    private synchronized Kinds refreshed() throws InterruptedException {
        var found = new Groups(transport).read();
        cache.write(version(), found);
        var kinds = new Kinds(found);
        known = kinds;
        fresh = Deadline.in(FRESH, ticker);
        return kinds;
    }
}
