package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.environment.Mode;
import dev.fairlead.inventory.image.Recipe;
import dev.fairlead.inventory.keys.EnvironmentKeys;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.read.Glob;
import dev.fairlead.inventory.read.StackText.Listed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// How the images of an environment are made: by a Dockerfile where there is one, else by Fairlead itself.
record Recipes(Scope.Subject subject, Templates templates, Scope.Context seen) {
    private static final String INTO = "/app";

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    Recipe of(String name, Place place, Node.Mapping node, Optional<String> from) {
        var context = context(name, place, node);
        var file =
                context.resolve(EnvironmentKeys.DOCKERFILE.text(node).orElse("Dockerfile"))
                        .normalize();
        boolean layered =
                EnvironmentKeys.LAYERS.node(node).isPresent()
                        || (from.isPresent()
                                && node.find(EnvironmentKeys.DOCKERFILE.name()) == null);
        var migrated = migrated(name, place);
        if (!layered) {
            refuseToMigrate(name, place);
        }
        return layered
                ? layered(context, node, from, migrated)
                : dockerfile(name, place, node, file);
    }

    private Path root() {
        return subject.model().text().roots().folder();
    }

    private Path context(String name, Place place, Node.Mapping node) {
        var said = EnvironmentKeys.IMAGE_CONTEXT.scalar(node);
        var at = said.map(Node.Scalar::place).orElse(place);
        var path = said.map(Node.Scalar::printed).orElse(".");
        var context = subject.model().text().files().inside(path, at);
        if (!Files.isDirectory(context)) {
            throw Problem.error(
                            InventoryCode.FILE_UNREADABLE,
                            at,
                            "there is no folder \"%s\" to build the image \"%s\" from"
                                    .formatted(path, name))
                    .thrown();
        }
        return context;
    }

    private Recipe dockerfile(String name, Place place, Node.Mapping node, Path file) {
        var at = EnvironmentKeys.DOCKERFILE.scalar(node).map(Node.Scalar::place).orElse(place);
        var root = root();
        if (!Files.isRegularFile(file)) {
            throw Problem.error(
                            InventoryCode.FILE_UNREADABLE,
                            at,
                            "the image \"%s\" has neither a Dockerfile (%s) nor a base"
                                    .formatted(name, root.relativize(file)))
                    .withHint(
                            "write the Dockerfile; or say from: BASE (and layers), and Fairlead puts the files over it itself")
                    .thrown();
        }
        var arguments = new TreeMap<String, String>();
        EnvironmentKeys.BUILD_ARGS
                .map(node)
                .ifPresent(said ->
                        said.entries()
                                .forEach((key, entry) -> {
                                    if (entry.value() instanceof Node.Scalar scalar) {
                                        arguments.put(key, templates.shown(scalar, seen));
                                    }
                                }));
        return new Recipe.Dockerfile(
                root, context(name, place, node), file, stage(node), arguments);
    }

    /// The stage for the environment's mode.
    private Optional<String> stage(Node.Mapping node) {
        var said = EnvironmentKeys.IMAGE_TARGET.node(node);
        if (said.isPresent() && said.get() instanceof Node.Mapping perMode) {
            var key =
                    subject.environment().mode() == Mode.DEV
                            ? EnvironmentKeys.TARGET_DEV
                            : EnvironmentKeys.TARGET_PROD;
            return key.text(perMode);
        }
        return EnvironmentKeys.IMAGE_TARGET.scalar(node).map(Node.Scalar::printed);
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private Recipe layered(
            Path context, Node.Mapping node, Optional<String> from, List<Recipe.Layer> migrated) {
        var layers = new ArrayList<Recipe.Layer>(migrated);
        for (var item : EnvironmentKeys.LAYERS.items(node)) {
            if (item instanceof Node.Mapping layer) {
                layers.add(layer(layer));
            }
        }
        boolean own = migrated.isEmpty() || node.find(EnvironmentKeys.IMAGE_CONTEXT.name()) != null;
        if (layers.size() == migrated.size() && own) {
            var folder = root().relativize(context).toString();
            layers.add(new Recipe.Layer(folder.isEmpty() ? "**" : folder + "/**", INTO, true));
        }
        return new Recipe.Layered(
                root(),
                context,
                from.filter(base -> !base.equals("scratch")),
                EnvironmentKeys.IMAGE_BUILD.texts(node),
                layers,
                EnvironmentKeys.IMAGE_COMMAND.texts(node));
    }

    /// @throws dev.fairlead.diagnostic.ProblemException when a migrations unit runs from an image that nothing can be added to
    void refuseToMigrate(String name, Place place) {
        if (!migrated(name, place).isEmpty()) {
            throw Problem.error(
                            InventoryCode.BAD_VALUE,
                            place,
                            "Fairlead does not make the image \"%s\" itself, so it can add nothing to it, and no migrations unit can run from it"
                                    .formatted(name))
                    .withHint(
                            "give that unit an image of type build with from (a base with Java 25) and no Dockerfile")
                    .thrown();
        }
    }

    /// What the migrations units that run from it need in it, the programs once.
    private List<Recipe.Layer> migrated(String name, Place place) {
        var layers = new LinkedHashSet<Recipe.Layer>();
        var paths = new UnitPaths(subject.model().text().files(), root());
        for (var unit : subject.model().units().values()) {
            if (unit.listed() == Listed.MIGRATIONS
                    && UnitKeys.IMAGE.text(unit.node()).filter(name::equals).isPresent()) {
                var source = Schemas.source(unit, subject.model(), paths, place);
                layers.addAll(Migrator.layers(unit.name(), source));
            }
        }
        return List.copyOf(layers);
    }

    private Recipe.Layer layer(Node.Mapping node) {
        var files = EnvironmentKeys.LAYER_FILES.scalar(node).orElseThrow();
        var glob = Glob.parse(files.printed(), files.place());
        var _ = subject.model().text().files().inside(glob.folder(), files.place());
        return new Recipe.Layer(
                glob.toString(), EnvironmentKeys.LAYER_INTO.text(node).orElse(INTO), false);
    }
}
