package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.DesiredObject.Injected;
import dev.fairlead.deploy.object.DesiredObject.Origin;
import dev.fairlead.deploy.object.Leaves;
import dev.fairlead.deploy.object.ObjectCode;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.object.Scopes;
import dev.fairlead.deploy.workload.Manifests.Document;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.Digest;
import dev.fairlead.inventory.cluster.Workload;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Resolution.DigestKey;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes the objects of an environment for the target `kubernetes`.
public final class Objects {
    private final Environment environment;
    private final Scopes scopes;
    private final Optional<DigestKey> key;
    private final Problems problems;

    private Objects(
            Environment environment, Scopes scopes, Optional<DigestKey> key, Problems problems) {
        this.environment = environment;
        this.scopes = scopes;
        this.key = key;
        this.problems = problems;
    }

    /// The objects of each unit, in the order of its manifests; what is wrong with one of them is reported. Units without
    /// an object have an empty list; those that are none of the target's are left out.
    ///
    /// @param key for the fingerprints of secrets; absent before the first execution
    public static SortedMap<UnitName, List<DesiredObject>> of(
            Environment environment, Scopes scopes, Optional<DigestKey> key, Problems problems) {
        var drafts = new TreeMap<UnitName, List<Draft>>();
        for (var unit : environment.units().values()) {
            if (unit.workload().isPresent()) {
                var own = drafts(unit, unit.workload().get(), problems);
                ReadyRules.check(
                        unit.workload().get(),
                        own.stream().map(draft -> draft.document().tree()).toList(),
                        problems);
                drafts.put(unit.name(), own);
            }
        }
        var own = new StackScopes(scopes, drafts.values());
        var objects = new Objects(environment, own, key, problems);
        var made = new TreeMap<UnitName, List<DesiredObject>>();
        drafts.forEach((unit, of) -> made.put(unit, of.stream().map(objects::object).toList()));
        if (environment.outline().cluster().isolated()) {
            objects.isolate(made);
        }
        CrossChecks.of(made, problems);
        objects.shared(made);
        return made;
    }

    private void shared(SortedMap<UnitName, List<DesiredObject>> made) {
        made.forEach((name, own) ->
                java.util.Objects.requireNonNull(environment.units().get(name))
                        .workload()
                        .filter(Workload::inject)
                        .flatMap(Workload::workspace)
                        .ifPresent(workspace ->
                                WorkspaceRights.check(name.value(), workspace, own, problems)));
    }

    private void isolate(SortedMap<UnitName, List<DesiredObject>> made) {
        var policies =
                new NetworkPolicies(
                        environment.outline().ref(), environment.units(), new TreeMap<>(made));
        for (var unit : environment.units().values()) {
            var policy = policies.of(unit.name());
            if (policy.isPresent() && unit.workload().isPresent()) {
                var document = new Document(policy.get(), Optional.of(unit.place()));
                var all = new ArrayList<>(made.getOrDefault(unit.name(), List.of()));
                if (!unit.workload().get().inject()) {
                    Labelled.check(unit, all, problems);
                }
                all.add(
                        object(
                                new Draft(
                                        unit,
                                        unit.workload().get(),
                                        NetworkPolicies.FILE,
                                        document)));
                made.put(unit.name(), List.copyOf(all));
            }
        }
    }

    /// The same objects with the fingerprints that another key gives.
    public static List<DesiredObject> keyed(List<DesiredObject> objects, DigestKey key) {
        return objects.stream()
                .map(object ->
                        new DesiredObject(
                                object.ref(),
                                object.unit(),
                                object.tree(),
                                hash(object.tree(), Optional.of(key)),
                                object.origin()))
                .toList();
    }

    /// An object on its way.
    private record Draft(Unit unit, Workload workload, String manifest, Document document) {}

    private static List<Draft> drafts(Unit unit, Workload workload, Problems problems) {
        var drafts = new ArrayList<Draft>();
        for (var manifest : unit.manifests()) {
            for (var document : Manifests.read(manifest, problems)) {
                boolean dropped =
                        workload.dropKinds().contains(String.valueOf(document.tree().get("kind")));
                if (!dropped && isWhole(document, problems)) {
                    drafts.add(new Draft(unit, workload, manifest.path(), document));
                }
            }
        }
        return drafts;
    }

    private static boolean isWhole(Document document, Problems problems) {
        var tree = document.tree();
        var lacks = new ArrayList<String>();
        if (!(tree.get("apiVersion") instanceof String)) {
            lacks.add("apiVersion");
        }
        if (!(tree.get("kind") instanceof String)) {
            lacks.add("kind");
        }
        var metadata = tree.get("metadata") instanceof Map<?, ?> map ? map : Map.of();
        if (!(metadata.get("name") instanceof String)) {
            lacks.add("metadata.name");
        }
        if (!lacks.isEmpty()) {
            var kind = tree.get("kind") instanceof String known ? "this " + known : "this object";
            problems.add(
                    Manifests.at(
                            document.place(),
                            ObjectCode.OBJECT_INCOMPLETE,
                            kind + " has no " + String.join(", no ", lacks)));
        }
        return lacks.isEmpty();
    }

    private DesiredObject object(Draft draft) {
        var tree = new LinkedHashMap<String, @Nullable Object>(draft.document().tree());
        var injected = new ArrayList<Injected>();
        StringData.encoded(tree);
        var ref = placed(draft, tree, injected);
        var outline = environment.outline();
        new Injection(outline.ref(), draft.unit().name(), draft.workload()).into(tree, injected);
        return new DesiredObject(
                ref,
                draft.unit().name(),
                tree,
                hash(tree, key),
                new Origin(draft.manifest(), draft.document().place(), injected));
    }

    private static String hash(Map<String, @Nullable Object> tree, Optional<DigestKey> key) {
        var whole = new TreeMap<String, Object>();
        whole.put("object", Leaves.masked(tree));
        var secrets = Leaves.fingerprints(tree, key.map(DigestKey::bytes));
        if (!secrets.isEmpty()) {
            whole.put("secrets", secrets);
        }
        return Digest.ofTree(whole);
    }

    /// The reference, with the namespace that the object shall have.
    private ObjectRef placed(
            Draft draft, Map<String, @Nullable Object> tree, List<Injected> injected) {
        var said = ObjectRef.of(tree);
        var home = environment.outline().namespace();
        var namespaced = scopes.namespaced(said.group(), said.kind());
        if (namespaced.isEmpty()) {
            report(
                    draft,
                    ObjectCode.UNKNOWN_KIND,
                    "the cluster knows no %s of %s".formatted(said.kind(), tree.get("apiVersion")));
        }
        boolean inNamespace = namespaced.orElse(true);
        boolean outside =
                inNamespace
                        ? !said.namespace().isEmpty() && !said.namespace().equals(home)
                        : !isOwnNamespace(said, home);
        if (outside && !draft.workload().singleton()) {
            report(
                    draft,
                    ObjectCode.OBJECT_OUTSIDE,
                    inNamespace
                            ? "%s lies in the namespace %s".formatted(said, said.namespace())
                            : "%s belongs to the whole cluster".formatted(said));
        }
        if (!inNamespace || !said.namespace().isEmpty()) {
            return said;
        }
        var metadata =
                Manifests.keyed(tree.get("metadata") instanceof Map<?, ?> map ? map : Map.of());
        metadata.put("namespace", home);
        tree.put("metadata", metadata);
        injected.add(new Injected("metadata.namespace", "the environment's namespace"));
        return new ObjectRef(said.group(), said.kind(), home, said.name());
    }

    private static boolean isOwnNamespace(ObjectRef ref, String home) {
        return ref.group().isEmpty() && ref.kind().equals("Namespace") && ref.name().equals(home);
    }

    private void report(Draft draft, ObjectCode code, String what) {
        Problem problem = Manifests.at(draft.document().place(), code, what);
        problems.add(problem.withHint(code.remedy()));
    }

    /// Kinds that the stack itself brings, before those of the cluster.
    private static final class StackScopes implements Scopes {
        private final Scopes others;
        private final Map<String, Boolean> own = new HashMap<>();

        StackScopes(Scopes others, Collection<List<Draft>> drafts) {
            this.others = others;
            for (var list : drafts) {
                for (var draft : list) {
                    if ("CustomResourceDefinition".equals(draft.document().tree().get("kind"))
                            && draft.document().tree().get("spec") instanceof Map<?, ?> spec
                            && spec.get("names") instanceof Map<?, ?> names) {
                        own.put(
                                spec.get("group") + "/" + names.get("kind"),
                                !"Cluster".equals(spec.get("scope")));
                    }
                }
            }
        }

        @Override
        public Optional<Boolean> namespaced(String group, String kind) {
            return Optional.ofNullable(own.get(group + "/" + kind))
                    .or(() -> others.namespaced(group, kind));
        }
    }
}
