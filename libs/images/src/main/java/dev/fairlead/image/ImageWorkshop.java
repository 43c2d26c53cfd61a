package dev.fairlead.image;

import dev.fairlead.deploy.image.ImageMaker;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.image.build.Dockerfiles;
import dev.fairlead.image.build.Layers;
import dev.fairlead.image.registry.Copy;
import dev.fairlead.image.registry.Credentials;
import dev.fairlead.image.registry.Reference;
import dev.fairlead.image.registry.Registry;
import dev.fairlead.inventory.image.Image;
import dev.fairlead.inventory.image.Recipe;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Images of one stack: asks registries, builds and copies. For several threads.
public final class ImageWorkshop implements ImageMaker, AutoCloseable {
    private final Registry registry;
    private final Dockerfiles dockerfiles;
    private final Layers layers;

    /// @param variables the process environment
    /// @param folder where contexts, layers and images that are not pushed lie
    public ImageWorkshop(Map<String, String> variables, Path folder) {
        var credentials = Credentials.of(variables);
        this.registry = new Registry(credentials);
        this.dockerfiles = new Dockerfiles(variables, folder);
        this.layers = new Layers(variables, credentials, registry, folder);
    }

    @Override
    public SortedMap<String, Seen> look(Collection<Image> images) throws InterruptedException {
        var asked = new TreeMap<String, Future<Seen>>();
        var seen = new TreeMap<String, Seen>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var image : images) {
                Callable<Seen> question = () -> look(image);
                asked.put(image.name(), threads.submit(question));
            }
            for (var entry : asked.entrySet()) {
                seen.put(entry.getKey(), entry.getValue().get());
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
        return seen;
    }

    private Seen look(Image image) throws InterruptedException {
        if (image instanceof Image.Built && !Reference.saysWhere(image.reference())) {
            throw Problem.error(
                            ImageCode.REGISTRY_MISSING,
                            image.place(),
                            "the image \"%s\" has no registry".formatted(image.name()))
                    .withHint(ImageCode.REGISTRY_MISSING.remedy())
                    .thrown();
        }
        try {
            var there = registry.digest(Reference.of(image.reference()));
            if (there.isPresent()) {
                return new Seen.There(there.get());
            }
            return switch (image) {
                case Image.External external when external.mirror().isPresent() ->
                        new Seen.Missing(source(external));
                case Image.External _, Image.Built _ -> new Seen.Missing(Optional.empty());
            };
        } catch (ProblemException e) {
            var problem = e.problems().getFirst();
            if (problem.code() == ImageCode.IMAGE_NAME) {
                throw Problem.error(problem.code(), image.place(), problem.what()).thrown();
            }
            return new Seen.Unknown(problem.what());
        }
    }

    private Optional<String> source(Image.External image) throws InterruptedException {
        try {
            return registry.digest(Reference.of(image.from()));
        } catch (ProblemException e) {
            return Optional.empty(); // copying it says why
        }
    }

    @Override
    public String make(Image image, boolean push, Consumer<String> progress)
            throws InterruptedException {
        var tag = Reference.of(image.reference());
        if (push) {
            // Somebody may have made it meanwhile: the same inputs are not pushed twice.
            var there = registry.digest(tag);
            if (there.isPresent()) {
                return there.get();
            }
        }
        return switch (image) {
            case Image.External external ->
                    new Copy(registry, progress).of(Reference.of(external.from()), tag);
            case Image.Built built -> build(built, tag, push, progress);
        };
    }

    private String build(Image.Built image, Reference tag, boolean push, Consumer<String> progress)
            throws InterruptedException {
        var kept = tag.toString();
        switch (image.recipe()) {
            case Recipe.Layered recipe when push -> layers.push(recipe, tag, progress);
            case Recipe.Layered recipe -> kept = layers.save(recipe, tag, progress).toString();
            case Recipe.Dockerfile recipe -> dockerfiles.build(recipe, tag, push, progress);
        }
        return push ? registry.digest(tag).orElseThrow(() -> notPushed(tag)) : kept;
    }

    private static ProblemException notPushed(Reference tag) {
        return Problem.error(
                        ImageCode.IMAGE_NOT_THERE,
                        "the builder pushed %s, and the registry does not have it".formatted(tag))
                .thrown();
    }

    @Override
    public void close() {
        registry.close();
    }
}
