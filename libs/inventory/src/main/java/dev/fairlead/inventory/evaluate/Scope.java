package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.cluster.Workspace;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.keys.EnvironmentKeys;
import dev.fairlead.inventory.keys.StackKeys;
import dev.fairlead.inventory.keys.WorkspaceKeys;
import dev.fairlead.inventory.model.EnvironmentModel;
import dev.fairlead.inventory.model.ModelReader;
import dev.fairlead.inventory.model.StackModel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What templates of one environment may read, in the order in which it becomes known: Project, Env, Slot, Stack,
/// Workspace, Registry, Versions, Vars, Namespace, Domain, Images; then `when` is decided; then Unit, Ports, Units and
/// Secrets. What comes later is not visible earlier.
final class Scope {
    /// Which environment.
    ///
    /// @param vars those of the stack and the environment as one, with what the user set over them
    record Subject(
            StackModel model,
            EnvironmentModel environment,
            int slot,
            TargetKind target,
            Node.Mapping vars) {
        /// The stack's, unless the environment does without it.
        Optional<Workspace> workspace() {
            return model.workspace()
                    .filter(_ -> EnvironmentKeys.WORKSPACE.flag(environment.node()));
        }
    }

    /// What the texts of an agent see beside the rest.
    static final String TASK = "Task";

    private static final List<String> ORDER =
            List.of(
                    "Project",
                    "Env",
                    "Slot",
                    "Stack",
                    "Workspace",
                    "Registry",
                    "Versions",
                    "Vars",
                    "Namespace",
                    "Domain",
                    "Images",
                    "Unit",
                    "Ports",
                    "Units",
                    "Secrets");

    private final Subject subject;
    private final Templates templates;
    private final Computation computation = new Computation();
    private final Map<String, @Nullable Object> known = new LinkedHashMap<>();
    private final LazyValues lazy;
    private final Images images;

    private Scope(Subject subject, Templates templates, boolean standIn) {
        this.subject = subject;
        this.templates = templates;
        this.lazy = new LazyValues(templates, computation);
        this.images = new Images(subject, templates, standIn, () -> context(Map.of()));
    }

    /// @param standIn whether values that only a build can give are made up: for checks
    static Scope of(Subject subject, Templates templates, boolean standIn, Problems problems) {
        var scope = new Scope(subject, templates, standIn);
        scope.fill(problems);
        return scope;
    }

    private void fill(Problems problems) {
        var model = subject.model();
        var environment = subject.environment().node();
        known.put("Project", model.project());
        known.put("Env", subject.environment().name());
        known.put("Slot", (long) subject.slot());
        known.put("Stack", Map.of("name", model.name()));
        StackKeys.WORKSPACE
                .map(model.spec())
                .filter(_ -> subject.workspace().isPresent())
                .ifPresent(node -> known.put("Workspace", workspace(node)));
        known.put("Registry", text(EnvironmentKeys.REGISTRY.scalar(environment), "", problems));
        known.put("Versions", versions());
        var vars = context(Map.of());
        known.put("Vars", lazy.map("vars", subject.vars(), () -> vars));
        // From here on templates read through the map of Vars, which sees itself.
        vars.reveal("Vars", known.get("Vars"));
        known.put("Namespace", namespace(problems));
        known.put("Domain", domain(problems));
        known.put("Images", images.map(Map.of()));
    }

    private static Map<String, Object> workspace(Node.Mapping node) {
        return Map.of(
                "mountPath", WorkspaceKeys.MOUNT_PATH.text(node).orElse(""),
                "size", WorkspaceKeys.SIZE.text(node).orElse(""));
    }

    private Map<String, @Nullable Object> versions() {
        var context = context(Map.of());
        var versions = new LazyMap();
        ModelReader.under(StackKeys.VERSIONS, subject.model().spec())
                .entries()
                .forEach((name, entry) -> {
                    var value =
                            entry.value() instanceof Node.Mapping map
                                    ? StackKeys.VERSION_VALUE.node(map).orElse(map)
                                    : entry.value();
                    versions.put(name, () -> lazy.string(value, context));
                });
        return versions;
    }

    private String namespace(Problems problems) {
        var fallback =
                subject.model().project()
                        + "-"
                        + subject.environment().name()
                        + (subject.slot() == 0 ? "" : "-" + subject.slot());
        return text(
                EnvironmentKeys.NAMESPACE_TEMPLATE.scalar(subject.environment().node()),
                fallback,
                problems);
    }

    private String domain(Problems problems) {
        return text(
                EnvironmentKeys.DOMAIN_TEMPLATE.scalar(subject.environment().node()),
                namespace() + ".localhost",
                problems);
    }

    private String text(Optional<Node.Scalar> scalar, String fallback, Problems problems) {
        if (scalar.isEmpty()) {
            return fallback;
        }
        try {
            return templates.shown(scalar.get(), context(Map.of()));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return fallback;
        }
    }

    String namespace() {
        return String.valueOf(known.get("Namespace"));
    }

    String domain() {
        return String.valueOf(known.get("Domain"));
    }

    Images images() {
        return images;
    }

    Computation computation() {
        return computation;
    }

    Templates templates() {
        return templates;
    }

    Subject subject() {
        return subject;
    }

    /// What is known so far, and more.
    Context context(Map<String, ? extends @Nullable Object> more) {
        var visible = new LinkedHashMap<String, @Nullable Object>(known);
        visible.putAll(more);
        return new Context(visible);
    }

    /// Evaluates every variable, for those that nothing reads; reports what cannot be.
    void forceVars(Problems problems) {
        if (known.get("Vars") instanceof Map<?, ?> vars) {
            lazy.force(vars, problems);
        }
    }

    /// The top of what templates read: a name that becomes known later is an error that says so.
    static final class Context extends java.util.AbstractMap<String, @Nullable Object> {
        private final Map<String, @Nullable Object> visible;

        private Context(Map<String, @Nullable Object> visible) {
            this.visible = visible;
        }

        private void reveal(String name, @Nullable Object value) {
            visible.put(name, value);
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            if (isTask(key)) {
                throw Problem.error(
                                InventoryCode.TASK_OUTSIDE_AGENT,
                                ".Task is there in the command and the variables of an agent alone")
                        .withHint(InventoryCode.TASK_OUTSIDE_AGENT.remedy())
                        .thrown();
            }
            if (isLater(key)) {
                throw Problem.error(
                                InventoryCode.TOO_EARLY,
                                "." + key + " is not known yet where this is evaluated")
                        .withHint("known here: ." + String.join(" .", visible.keySet()))
                        .thrown();
            }
            return visible.get(key);
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return visible.containsKey(key) || isLater(key) || isTask(key);
        }

        private boolean isTask(@Nullable Object key) {
            return TASK.equals(key) && !visible.containsKey(key);
        }

        private boolean isLater(@Nullable Object key) {
            return !visible.containsKey(key) && ORDER.contains(key) && !"Workspace".equals(key);
        }

        @Override
        public java.util.Set<Entry<String, @Nullable Object>> entrySet() {
            return visible.entrySet();
        }
    }
}
