package dev.fairlead.engine;

import dev.fairlead.deploy.journal.Heartbeat;
import dev.fairlead.deploy.journal.Store.Holder;
import dev.fairlead.deploy.slot.Range;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.image.ImageWorkshop;
import dev.fairlead.inventory.Choice;
import dev.fairlead.inventory.Stack;
import dev.fairlead.inventory.cluster.Cleanup;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Origin;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.target.kubernetes.KubernetesTarget;
import dev.fairlead.target.kubernetes.access.ClientTls;
import dev.fairlead.target.kubernetes.access.Kubeconfig;
import dev.fairlead.target.kubernetes.client.Cluster;
import dev.fairlead.target.kubernetes.client.ClusterSettings;
import dev.fairlead.target.kubernetes.home.Homes;
import dev.fairlead.target.kubernetes.http.Patience;
import dev.fairlead.target.kubernetes.store.ClusterStore;
import dev.fairlead.target.local.LocalTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// The real neighbours: the one place where the rooms are joined.
record Wiring(Surroundings surroundings) implements Neighbours {
    @Override
    public LoadedStack load(Path folderOrFile) {
        return new Loaded(Stack.load(folderOrFile, surroundings.variables()));
    }

    @Override
    public Target local(Path home) {
        return LocalTarget.create(home, surroundings.variables(), surroundings.caller());
    }

    @Override
    public Target kubernetes(
            EnvironmentRef ref, dev.fairlead.inventory.cluster.Cluster place, Cleanup cleanup) {
        ClientTls.prepare();
        var variables = new TreeMap<>(surroundings.variables());
        place.kubeconfig().ifPresent(file -> variables.put("KUBECONFIG", file.toString()));
        var access = Kubeconfig.read(variables, surroundings.clock()).access(place.context());
        var settings =
                ClusterSettings.of(Ticker.SYSTEM, surroundings.clock())
                        .waiting(Patience.DEFAULTS.answering(Heartbeat.ORDINARY.request()));
        var cluster = Cluster.connect(access, kinds().map(settings::cachedIn).orElse(settings));
        cluster.greet();
        var base = new EnvironmentRef(ref.project(), ref.name(), 0);
        var homes = new Homes(cluster, base, place.namespaces());
        var self =
                new ClusterStore.Self(
                        new Holder(Caller.identity(), surroundings.caller()), Caller::ended);
        return new KubernetesTarget(homes, cleanup, self);
    }

    /// Where the kinds that servers have are kept, for all stacks of this user.
    private Optional<Path> kinds() {
        var variables = surroundings.variables();
        return Optional.ofNullable(variables.get("XDG_CACHE_HOME"))
                .filter(folder -> folder.startsWith("/"))
                .map(Path::of)
                .or(() ->
                        Optional.ofNullable(variables.get("HOME"))
                                .map(home -> Path.of(home, ".cache")))
                .map(folder -> folder.resolve("fairlead/kubernetes"));
    }

    @Override
    public ImageWorkshop images(Path home) {
        return new ImageWorkshop(surroundings.variables(), home.resolve(".fairlead/images"));
    }

    private record Loaded(Stack stack) implements LoadedStack {
        @Override
        public List<Problem> warnings() {
            return stack.warnings();
        }

        @Override
        public List<Problem> check(Choice choice) {
            return stack.check(choice);
        }

        @Override
        public Outline outline(Choice choice) {
            return stack.outline(choice);
        }

        @Override
        public Range slots(Outline outline) {
            var ref = outline.ref();
            var listing = Objects.requireNonNull(stack.environments().get(ref.name()), ref.name());
            var cleanup = outline.limits().cleanup();
            return new Range(
                    ref.project(),
                    ref.name(),
                    listing.slots(),
                    cleanup.idleTtl(),
                    cleanup.sleepAfter(),
                    outline.guarded());
        }

        @Override
        public Environment evaluate(Outline outline, Resolution resolution) {
            return stack.evaluate(outline, resolution);
        }

        @Override
        public List<Origin> origins(Outline outline, Resolution resolution, String key) {
            return stack.origins(outline, resolution, key);
        }
    }
}
