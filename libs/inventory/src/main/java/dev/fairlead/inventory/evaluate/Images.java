package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.image.Image;
import dev.fairlead.inventory.image.Inputs;
import dev.fairlead.inventory.keys.EnvironmentKeys;
import dev.fairlead.inventory.keys.StackKeys;
import dev.fairlead.inventory.model.ModelReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `.Images`: the whole name of each image. Which are read is remembered: those are the ones that an environment uses. On
/// local nothing runs from images: what goes into one is not looked at, and its tag is made up.
final class Images {
    private static final String MADE_UP = "0000000000000000";

    private final Scope.Subject subject;
    private final Templates templates;
    private final boolean standIn;
    private final Supplier<Scope.Context> context;
    private final Map<String, Image> known = new HashMap<>();
    private final SortedMap<String, Image> used = new TreeMap<>();

    Images(
            Scope.Subject subject,
            Templates templates,
            boolean standIn,
            Supplier<Scope.Context> context) {
        this.subject = subject;
        this.templates = templates;
        this.standIn = standIn;
        this.context = context;
    }

    /// The names that templates read.
    ///
    /// @param pins the digest of each reference that a registry knows
    Map<String, @Nullable Object> map(Map<String, String> pins) {
        var images = new LazyMap();
        declared()
                .forEach((name, entry) -> {
                    if (entry.value() instanceof Node.Mapping node) {
                        images.put(name, () -> shown(name, entry.place(), node, pins));
                    }
                });
        return images;
    }

    /// Those that were read until now and have to be there, by name.
    SortedMap<String, Image> used() {
        return new TreeMap<>(used);
    }

    /// Reports what is wrong with any of them.
    void check(Problems problems) {
        if (subject.target() == TargetKind.LOCAL) {
            return;
        }
        var images = map(Map.of());
        images.keySet()
                .forEach(name -> {
                    try {
                        var _ = images.get(name);
                    } catch (ProblemException e) {
                        problems.addAll(e.problems());
                    }
                });
    }

    private Map<String, Node.Entry> declared() {
        return ModelReader.under(StackKeys.IMAGES, subject.model().spec()).entries();
    }

    private String shown(String name, Place place, Node.Mapping node, Map<String, String> pins) {
        var seen = context.get();
        if (!type(node).equals("build") && subject.target() == TargetKind.KUBERNETES) {
            new Recipes(subject, templates, seen).refuseToMigrate(name, place);
        }
        if (type(node).equals("skip")) {
            return elsewhere(name, place, node, seen);
        }
        if (subject.target() == TargetKind.LOCAL && type(node).equals("build")) {
            return subject.model().project() + "/" + name + ":in-" + MADE_UP;
        }
        var image = known.get(name);
        if (image == null) {
            image = image(name, place, node, seen);
            known.put(name, image);
        }
        used.put(name, image);
        var reference = image.reference();
        var digest = pins.get(reference);
        return digest == null || reference.contains("@") ? reference : reference + "@" + digest;
    }

    private static String type(Node.Mapping node) {
        return EnvironmentKeys.IMAGE_TYPE.text(node).orElse("");
    }

    /// Left to somebody else: its whole name stands in `repository`.
    private String elsewhere(String name, Place place, Node.Mapping node, Scope.Context seen) {
        return EnvironmentKeys.REPOSITORY
                .scalar(node)
                .map(said -> templates.shown(said, seen))
                .orElseThrow(() ->
                        Problem.error(
                                        InventoryCode.BAD_VALUE,
                                        place,
                                        "the image \"%s\" is made by somebody else, and does not say its name"
                                                .formatted(name))
                                .withHint("give it repository, with a tag or digest")
                                .thrown());
    }

    private Image image(String name, Place place, Node.Mapping node, Scope.Context seen) {
        var from = EnvironmentKeys.IMAGE_FROM.scalar(node).map(said -> templates.shown(said, seen));
        var repository =
                EnvironmentKeys.REPOSITORY.scalar(node).map(said -> templates.shown(said, seen));
        if (type(node).equals("external")) {
            var whole =
                    from.orElseThrow(() ->
                            Problem.error(
                                            InventoryCode.BAD_VALUE,
                                            place,
                                            "the image \"%s\" does not say where it comes from"
                                                    .formatted(name))
                                    .withHint("give it from, the whole name of the image")
                                    .thrown());
            return new Image.External(name, place, whole, repository);
        }
        var recipe = new Recipes(subject, templates, seen).of(name, place, node, from);
        return new Image.Built(
                name,
                place,
                repository.orElseGet(() -> ordinary(name, seen)),
                standIn ? MADE_UP : Inputs.digest(recipe, place),
                recipe);
    }

    /// `{{ .Registry }}/{{ .Project }}/<name>`; without a registry it can be looked at, and neither pushed nor pulled.
    private String ordinary(String name, Scope.Context seen) {
        var registry = Optional.ofNullable(seen.get("Registry")).map(Object::toString).orElse("");
        var path = subject.model().project() + "/" + name;
        return registry.isEmpty() ? path : registry + "/" + path;
    }
}
