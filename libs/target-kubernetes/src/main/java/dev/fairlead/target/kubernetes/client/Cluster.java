package dev.fairlead.target.kubernetes.client;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.target.kubernetes.access.Access;
import dev.fairlead.target.kubernetes.discovery.Discovery;
import dev.fairlead.target.kubernetes.discovery.DiscoveryCache;
import dev.fairlead.target.kubernetes.http.Call;
import dev.fairlead.target.kubernetes.http.Call.Method;
import dev.fairlead.target.kubernetes.http.Call.Repeat;
import dev.fairlead.target.kubernetes.http.Guard;
import dev.fairlead.target.kubernetes.http.Reply;
import dev.fairlead.target.kubernetes.http.Traffic;
import dev.fairlead.target.kubernetes.http.Transport;
import dev.fairlead.target.kubernetes.tree.Outgoing;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One cluster as one user sees it. Objects are plain trees; `apiVersion` and `kind` are in each of them.
public final class Cluster implements AutoCloseable {
    private static final String JSON = "application/json";
    private static final String APPLY = "application/apply-patch+yaml"; // JSON is YAML
    private static final String MERGE = "application/merge-patch+json";

    private final Access access;
    private final Transport transport;
    private final Discovery discovery;
    private final Pages pages;
    private final ClusterSettings settings;
    private final Guard guard;
    private volatile @Nullable Thread greeting;

    private Cluster(
            Access access,
            Transport transport,
            ClusterSettings settings,
            Discovery discovery,
            Guard guard) {
        this.access = access;
        this.transport = transport;
        this.settings = settings;
        this.discovery = discovery;
        this.guard = guard;
        this.pages = new Pages(transport);
    }

    /// Makes no request yet.
    public static Cluster connect(Access access, ClusterSettings settings) {
        var transport =
                new Transport(access, settings.patience(), settings.ticker(), settings.clock());
        var discovery =
                new Discovery(
                        transport, settings.ticker(), new DiscoveryCache(settings.cache(), access));
        return new Cluster(access, transport, settings, discovery, Guard.NONE);
    }

    /// The same connection, whose writes ask a guard before each attempt: the holder of a lease writes by it. Only the
    /// original is closed.
    public Cluster guarded(Guard wanted) {
        return new Cluster(access, transport, settings, discovery, wanted);
    }

    /// Connects in the background and asks what everybody asks first, so that nobody waits for it later. What goes wrong
    /// is said to whoever really asks.
    public void greet() {
        greeting =
                Thread.ofVirtual()
                        .name("greeting")
                        .start(() -> {
                            try {
                                var _ = discovery.list();
                            } catch (ProblemException e) {
                                // said later
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    public Access access() {
        return access;
    }

    /// The kinds and the version of the server.
    public Discovery discovery() {
        return discovery;
    }

    /// What was asked so far.
    public Traffic traffic() {
        return transport.traffic();
    }

    /// What we may do here.
    public Rights rights() {
        return new Rights(transport);
    }

    /// For the streams: logs, exec, port-forward.
    public Transport transport() {
        return transport;
    }

    public ClusterSettings settings() {
        return settings;
    }

    /// The object, empty when there is none.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException when it may not be read
    public Optional<Map<String, Object>> find(ObjectAddress address) throws InterruptedException {
        var call = Call.reading(address.path(), "read " + address);
        return switch (Answers.of(call, transport.send(call), message -> message)) {
            case Answer.Accepted(var object) -> Optional.of(object);
            case Answer.Refused(var refusal) when refusal.notFound() -> Optional.empty();
            case Answer.Refused(var refusal) -> throw refusal.problem().thrown();
        };
    }

    /// All objects of a selection; a kind that the server does not serve any more has none.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException when they may not be read
    public Listing list(Selection selection) throws InterruptedException {
        return pages.list(selection);
    }

    /// Server-side apply: makes the fields in the tree what they are there, and owns them.
    ///
    /// @param tree with a `metadata.resourceVersion` only that state is changed (else a stale refusal)
    public Answer apply(ObjectAddress address, Map<String, ?> tree, ApplyMode mode)
            throws InterruptedException {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("fieldManager", mode.manager());
        parameters.put("fieldValidation", "Strict");
        parameters.put("force", mode.force() ? "true" : "");
        parameters.put("dryRun", mode.dryRun() ? "All" : "");
        var what = (mode.dryRun() ? "apply (dry run) " : "apply ") + address;
        return send(
                Method.PATCH,
                address.path() + Paths.query(parameters),
                what,
                new Content(APPLY, tree));
    }

    /// Makes a new object. When the answer got lost it is not sent again: the Problem says so.
    public Answer create(ObjectAddress address, Map<String, ?> tree) throws InterruptedException {
        return send(
                Method.POST,
                address.collection() + "?fieldManager=" + ApplyMode.MANAGER,
                "create " + address,
                new Content(JSON, tree));
    }

    /// Replaces an object as a whole; the tree's `metadata.resourceVersion` says which state of it.
    public Answer replace(ObjectAddress address, Map<String, ?> tree) throws InterruptedException {
        return send(
                Method.PUT,
                address.path() + "?fieldManager=" + ApplyMode.MANAGER,
                "replace " + address,
                new Content(JSON, tree));
    }

    /// Changes some fields (JSON merge patch); a null removes one.
    public Answer merge(ObjectAddress address, Map<String, ?> patch) throws InterruptedException {
        return send(
                Method.PATCH,
                address.path() + "?fieldManager=" + ApplyMode.MANAGER,
                "change " + address,
                new Content(MERGE, patch));
    }

    /// Sets the number of pods of a workload that can be scaled.
    public Answer scale(ObjectAddress address, int replicas) throws InterruptedException {
        return merge(address.sub("scale"), Map.of("spec", Map.of("replicas", replicas)));
    }

    /// Deletes an object; accepted also when others still have to let it go (finalizers).
    public Answer delete(ObjectAddress address, Removal removal) throws InterruptedException {
        var outgoing = Outgoing.of(removal.tree());
        var call =
                Call.sending(
                                Method.DELETE,
                                address.path() + (removal.dryRun() ? "?dryRun=All" : ""),
                                "delete " + address,
                                new Call.Body(JSON, outgoing.text()))
                        .repeatable(removal.uid().isPresent() ? Repeat.SAFE : Repeat.NEVER)
                        .guardedBy(guard);
        return Answers.of(call, transport.send(call), outgoing::masked);
    }

    private record Content(String type, Map<String, ?> tree) {}

    private Answer send(Method method, String path, String purpose, Content content)
            throws InterruptedException {
        var outgoing = Outgoing.of(content.tree());
        var call =
                Call.sending(method, path, purpose, new Call.Body(content.type(), outgoing.text()))
                        .guardedBy(guard);
        return Answers.of(call, transport.send(call), outgoing::masked);
    }

    /// The path of an object or its subresource.
    public String path(ObjectAddress address) {
        return address.path();
    }

    /// The path of a watch.
    ///
    /// @param from the resourceVersion after which it begins
    public String path(Selection selection, String from, int seconds) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("labelSelector", selection.labels());
        parameters.put("fieldSelector", selection.fields());
        parameters.put("watch", "true");
        parameters.put("allowWatchBookmarks", "true");
        parameters.put("resourceVersion", from);
        parameters.put("timeoutSeconds", String.valueOf(seconds));
        return selection.path() + Paths.query(parameters);
    }

    /// Why a stream was not opened.
    public Refusal refusal(Call call, Reply reply) {
        return Answers.refusal(call, reply, message -> message);
    }

    /// Whether two trees are one object in one state.
    public static boolean same(Map<String, Object> one, Map<String, Object> other) {
        return Trees.text(one, "metadata", "uid").equals(Trees.text(other, "metadata", "uid"))
                && Trees.text(one, "metadata", "resourceVersion")
                        .equals(Trees.text(other, "metadata", "resourceVersion"));
    }

    @Override
    public void close() {
        var begun = greeting;
        if (begun != null) {
            begun.interrupt();
        }
        transport.close();
    }
}
