package dev.fairlead.inventory.model;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.typed.Checker;
import dev.fairlead.document.typed.Key;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.cluster.Cleanup;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.keys.RunKeys;
import dev.fairlead.inventory.keys.StackKeys;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.keys.WorkspaceKeys;
import dev.fairlead.inventory.read.StackText;
import dev.fairlead.inventory.read.StackText.Declared;
import dev.fairlead.inventory.read.StackText.Listed;
import dev.fairlead.inventory.unit.Stage;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Makes the typed stack of the merged files, and reports what is wrong whatever the environment.
public final class ModelReader {
    private static final int LONGEST_AGENT = 52;

    private final StackText text;
    private final Problems problems;
    private final Node.Mapping spec;

    private ModelReader(StackText text, Problems problems) {
        this.text = text;
        this.problems = problems;
        this.spec = text.spec();
    }

    public static StackModel read(StackText text, Problems problems) {
        return new ModelReader(text, problems).stack();
    }

    /// The map under a key of `spec`; an empty one when it is not there.
    public static Node.Mapping under(Key key, Node.Mapping spec) {
        return key.map(spec).orElseGet(() -> Node.Mapping.empty(spec.place()));
    }

    private StackModel stack() {
        var name =
                StackKeys.METADATA
                        .map(text.top())
                        .flatMap(StackKeys.METADATA_NAME::text)
                        .orElse("stack");
        var environments = EnvironmentReader.read(under(StackKeys.ENVIRONMENTS, spec), problems);
        var declared = declared();
        profile();
        knownImagesBelow(under(StackKeys.COMPONENTS, spec), Listed.SERVICES);
        new Ownership(declared, problems).check();
        return new StackModel(
                text,
                name,
                StackKeys.PROJECT.text(spec).orElse(name),
                secrets(),
                environments,
                units(declared, environments.keySet()),
                declared,
                stages(),
                limits(),
                StackKeys.WORKSPACE
                        .map(spec)
                        .map(node -> new WorkspaceReader(node, text.units(), problems).read()));
    }

    private Map<String, Declared> declared() {
        var byName = new LinkedHashMap<String, Declared>();
        for (var unit : text.units()) {
            byName.put(unit.name(), unit);
            shortName(unit);
        }
        return byName;
    }

    /// Kubernetes keeps an agent as a CronJob, whose name leaves room for those of its Jobs.
    private void shortName(Declared unit) {
        if (unit.listed() == Listed.AGENTS && unit.name().length() > LONGEST_AGENT) {
            problems.add(
                    Problem.error(
                                    InventoryCode.BAD_VALUE,
                                    unit.place(),
                                    "\"%s\" is too long for the name of an agent"
                                            .formatted(unit.name()))
                            .withHint("at most %d characters".formatted(LONGEST_AGENT)));
        }
    }

    private Map<String, UnitModel> units(Map<String, Declared> declared, Set<String> environments) {
        var reader = new UnitReader(under(StackKeys.COMPONENTS, spec), problems);
        var units = new LinkedHashMap<String, UnitModel>();
        for (var one : declared.values()) {
            reader.checkUse(one);
            knownImages(one);
            knownOverlays(one, environments);
            reader.read(one, java.util.List.of()).ifPresent(unit -> units.put(one.name(), unit));
        }
        return units;
    }

    /// In the unit and in its overlays; what a component names is looked at where it stands.
    private void knownImages(Declared unit) {
        knownImage(unit.node(), unit.listed());
        if (unit.node().find(UnitKeys.OVERLAYS) instanceof Node.Mapping overlays) {
            knownImagesBelow(overlays, unit.listed());
        }
    }

    private void knownImagesBelow(Node.Mapping parts, Listed listed) {
        for (var entry : parts.entries().values()) {
            if (entry.value() instanceof Node.Mapping part) {
                knownImage(part, listed);
            }
        }
    }

    private void knownImage(Node.Mapping part, Listed listed) {
        var images = under(StackKeys.IMAGES, spec).entries().keySet();
        knownImage(UnitKeys.IMAGE.scalar(part), images, listed);
        knownImage(UnitKeys.DEV.map(part).flatMap(RunKeys.DEV_IMAGE::scalar), images, listed);
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private void knownImage(Optional<Node.Scalar> said, Set<String> images, Listed listed) {
        said.filter(name -> !images.contains(name.printed()))
                .ifPresent(name ->
                        problems.add(
                                listed == Listed.AGENTS
                                        ? unknownImage(name, images).asWarning()
                                        : unknownImage(name, images)));
    }

    /// Of an agent it is a warning: it can be run on local, and nothing waits for it elsewhere.
    private static Problem unknownImage(Node.Scalar name, Set<String> images) {
        return Problem.error(
                        InventoryCode.UNKNOWN_IMAGE,
                        name.place(),
                        "there is no image \"" + name.printed() + "\"")
                .withHint(
                        Nearest.hint(name.printed(), images).or(() -> declaration(name.printed())));
    }

    /// For who names an image as the registry knows it.
    private static Optional<String> declaration(String reference) {
        var name = reference.replaceFirst("^.*/", "").replaceFirst("[:@].*", "");
        return name.equals(reference)
                ? Optional.empty()
                : Optional.of(
                        "declare it in `images` (`%s: { type: external, from: \"%s\" }`) and write `image: %s` here"
                                .formatted(name, reference, name));
    }

    private void knownOverlays(Declared unit, Set<String> environments) {
        if (!(unit.node().find(UnitKeys.OVERLAYS) instanceof Node.Mapping overlays)) {
            return;
        }
        overlays.entries()
                .forEach((name, entry) -> {
                    if (!environments.contains(name)) {
                        problems.add(
                                Problem.error(
                                                InventoryCode.UNKNOWN_ENVIRONMENT,
                                                entry.place(),
                                                "an overlay for the environment \"%s\", which does not exist"
                                                        .formatted(name))
                                        .withHint(
                                                Nearest.hint(name, environments)
                                                        .orElse(
                                                                "there are: "
                                                                        + String.join(
                                                                                ", ",
                                                                                environments))));
                    }
                });
    }

    private SortedMap<String, SecretModel> secrets() {
        var checker = new Checker(problems, _ -> {});
        var secrets = new TreeMap<String, SecretModel>();
        under(StackKeys.SECRETS, spec)
                .entries()
                .forEach((name, entry) -> {
                    if (entry.value() instanceof Node.Mapping node) {
                        checker.exclusive("the secret \"" + name + "\"", node, StackKeys.SECRET);
                        secret(name, entry.place(), node)
                                .ifPresent(secret -> secrets.put(name, secret));
                    }
                });
        return secrets;
    }

    private Optional<SecretModel> secret(String name, Place place, Node.Mapping node) {
        Optional<SecretModel.From> from =
                StackKeys.GENERATE
                        .scalar(node)
                        .map(_ ->
                                (SecretModel.From)
                                        new SecretModel.From.Generate(
                                                StackKeys.GENERATE.whole(node)))
                        .or(() ->
                                StackKeys.SECRET_ENV.text(node).map(SecretModel.From.Variable::new))
                        .or(() ->
                                StackKeys.SECRET_FILE.scalar(node).map(SecretModel.From.File::new));
        if (from.isEmpty()) {
            problems.add(
                    Problem.error(
                                    InventoryCode.SECRET_SOURCE,
                                    place,
                                    "the secret \"" + name + "\" says nowhere to come from")
                            .withHint("give it one of generate: 24, env: NAME, file: path"));
        }
        return from.map(
                source -> new SecretModel(name, place, source, StackKeys.OPTIONAL.flag(node)));
    }

    private void profile() {
        StackKeys.PROFILE
                .scalar(under(StackKeys.TEMPLATES, spec))
                .filter(profile -> !profile.printed().equals("fairlead"))
                .ifPresent(profile ->
                        problems.add(
                                Problem.error(
                                        InventoryCode.NOT_YET,
                                        profile.place(),
                                        "the profile \"%s\" comes with the other dialects"
                                                .formatted(profile.printed()))));
    }

    private Set<Stage> stages() {
        var orchestration = under(StackKeys.ORCHESTRATION, spec);
        if (WorkspaceKeys.DEPLOY_ORDER.node(orchestration).isEmpty()) {
            return Collections.unmodifiableSet(EnumSet.allOf(Stage.class));
        }
        var stages = EnumSet.noneOf(Stage.class);
        stages.add(Stage.AGENTS); // they are no part of the order
        Stage before = null;
        for (var word : WorkspaceKeys.DEPLOY_ORDER.scalars(orchestration)) {
            var stage = stage(word.printed());
            if (stage.isEmpty()) {
                continue; // reported by the check of the file
            }
            if (before != null && stage.get().compareTo(before) <= 0) {
                problems.add(
                        Problem.error(
                                        InventoryCode.STAGE_ORDER,
                                        word.place(),
                                        "\"%s\" cannot come after \"%s\""
                                                .formatted(stage.get(), before))
                                .withHint(
                                        "the order is "
                                                + WorkspaceKeys.DEPLOY_ORDER
                                                        .fallback()
                                                        .orElse("")));
            }
            before = stage.get();
            stages.add(stage.get());
        }
        return Collections.unmodifiableSet(stages);
    }

    private static Optional<Stage> stage(String word) {
        for (var stage : Stage.values()) {
            if (stage.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(stage);
            }
        }
        return Optional.empty();
    }

    private Outline.Limits limits() {
        var orchestration = under(StackKeys.ORCHESTRATION, spec);
        return new Outline.Limits(
                WorkspaceKeys.PARALLELISM.whole(orchestration),
                WorkspaceKeys.READINESS_TIMEOUT.span(orchestration).orElse(Duration.ofMinutes(5)),
                WorkspaceKeys.HISTORY.whole(orchestration),
                cleanup(under(WorkspaceKeys.CLEANUP_POLICY, orchestration)));
    }

    private static Cleanup cleanup(Node.Mapping policy) {
        return new Cleanup(
                WorkspaceKeys.IDLE_TTL.span(policy).orElse(Cleanup.DEFAULTS.idleTtl()),
                WorkspaceKeys.SLEEP_AFTER.span(policy),
                WorkspaceKeys.KEEP_LABEL.text(policy));
    }
}
