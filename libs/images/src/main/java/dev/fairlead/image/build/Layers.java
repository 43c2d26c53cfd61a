package dev.fairlead.image.build;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.LogEvent;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.image.ImageCode;
import dev.fairlead.image.registry.Credentials;
import dev.fairlead.image.registry.Reference;
import dev.fairlead.image.registry.Registry;
import dev.fairlead.inventory.image.Inputs;
import dev.fairlead.inventory.image.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Images of files in layers over a base, without a daemon: the same files give the same image, to the byte. Who runs in
/// one is nobody in particular, never root.
public final class Layers {
    private static final String NOBODY = "65532:65532";
    private static final String PROGRAM = "755";
    private static final String FILE = "644";

    private final Map<String, String> variables;
    private final Credentials credentials;
    private final Registry registry;
    private final Path folder;
    private final Map<String, Ran> runs = new ConcurrentHashMap<>();

    /// @param variables the process environment, for the command that makes the files
    /// @param registry asked for a base before the library asks, which takes a minute to give up and says nothing meanwhile
    /// @param folder where bases and layers are kept between builds, and images that are not pushed
    public Layers(
            Map<String, String> variables,
            Credentials credentials,
            Registry registry,
            Path folder) {
        this.variables = variables;
        this.credentials = credentials;
        this.registry = registry;
        this.folder = folder;
    }

    /// Builds it and pushes it.
    public void push(Recipe.Layered recipe, Reference tag, Consumer<String> progress)
            throws InterruptedException {
        try {
            contained(recipe, open(Containerizer.to(registry(tag)), recipe, tag), progress);
        } catch (InvalidImageReferenceException e) {
            throw badName(tag.toString());
        }
    }

    /// Builds it into a file that `docker load`, `ctr images import` and others take.
    public Path save(Recipe.Layered recipe, Reference tag, Consumer<String> progress)
            throws InterruptedException {
        try {
            Files.createDirectories(folder);
            var file = folder.resolve(tag.repository().replace('/', '_') + ".tar");
            var to = Containerizer.to(TarImage.at(file).named(tag.toString()));
            contained(recipe, open(to, recipe, tag), progress);
            return file;
        } catch (InvalidImageReferenceException e) {
            throw badName(tag.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Plain HTTP is for registries of this machine alone.
    private static Containerizer open(
            Containerizer containerizer, Recipe.Layered recipe, Reference tag) {
        boolean local =
                tag.isLoopback()
                        && recipe.base().map(Reference::of).map(Reference::isLoopback).orElse(true);
        return containerizer.setAllowInsecureRegistries(local);
    }

    private void contained(Recipe.Layered recipe, Containerizer to, Consumer<String> progress)
            throws InterruptedException {
        if (recipe.base().isPresent()) {
            base(Reference.of(recipe.base().get()), progress);
        }
        files(recipe, progress);
        try {
            to.setBaseImageLayersCache(folder.resolve("bases"))
                    .setApplicationLayersCache(folder.resolve("layers"))
                    .setToolName("fairlead")
                    .addEventHandler(LogEvent.class, event -> tell(event, progress));
            var _ = builder(recipe).containerize(to);
        } catch (InvalidImageReferenceException e) {
            throw badName(recipe.base().orElse(""));
        } catch (RegistryException
                | ExecutionException
                | CacheDirectoryCreationException
                | IOException e) {
            throw refused(e);
        }
    }

    /// Whether the base can be had: before anything is built on it, and said while it is asked.
    private void base(Reference base, Consumer<String> progress) throws InterruptedException {
        progress.accept("asks %s for the base %s".formatted(base.host(), base));
        try {
            if (registry.digest(base).isEmpty()) {
                throw Problem.error(
                                ImageCode.IMAGE_NOT_THERE,
                                "the registry %s does not have the base %s"
                                        .formatted(base.host(), base))
                        .withHint(ImageCode.IMAGE_NOT_THERE.remedy())
                        .thrown();
            }
        } catch (ProblemException e) {
            boolean away = e.problems().getFirst().code() == ImageCode.REGISTRY_UNREACHABLE;
            if (!away || !base.isPinned()) {
                throw e;
            }
            // A digest stands for the same bytes for ever, and they may be kept from an earlier
            // build.
            progress.accept(e.problems().getFirst().what() + "; looks for a kept copy");
        }
    }

    /// Images that are made by one command in one folder have it run once.
    private void files(Recipe.Layered recipe, Consumer<String> progress)
            throws InterruptedException {
        if (recipe.build().isEmpty()) {
            return;
        }
        var ran = runs.computeIfAbsent(recipe.context() + " " + recipe.build(), _ -> new Ran());
        ran.lock.lockInterruptibly();
        try {
            if (!ran.well) {
                new Tool(variables)
                        .run(recipe.build(), recipe.context(), recipe.context(), progress);
                ran.well = true;
            }
        } finally {
            ran.lock.unlock();
        }
    }

    private static final class Ran {
        private final ReentrantLock lock = new ReentrantLock();
        private boolean well;
    }

    private static void tell(LogEvent event, Consumer<String> progress) {
        if (event.getLevel() == LogEvent.Level.PROGRESS) {
            progress.accept(event.getMessage());
        }
    }

    private JibContainerBuilder builder(Recipe.Layered recipe)
            throws InvalidImageReferenceException, IOException {
        var builder =
                recipe.base().isEmpty()
                        ? Jib.fromScratch()
                        : Jib.from(registry(Reference.of(recipe.base().get())));
        for (var layer : recipe.layers()) {
            builder.addFileEntriesLayer(layer(recipe, layer));
        }
        if (!recipe.command().isEmpty()) {
            builder.setEntrypoint(recipe.command());
        }
        return builder.setCreationTime(Instant.EPOCH)
                .setUser(NOBODY)
                .setWorkingDirectory(AbsoluteUnixPath.get(recipe.layers().getLast().into()));
    }

    private RegistryImage registry(Reference image) throws InvalidImageReferenceException {
        var named = RegistryImage.named(image.toString());
        credentials
                .find(image)
                .ifPresent(known -> named.addCredential(known.user(), known.password()));
        return named;
    }

    private static FileEntriesLayer layer(Recipe.Layered recipe, Recipe.Layer layer)
            throws IOException {
        var files = Inputs.layer(recipe, layer);
        if (files.isEmpty()) {
            throw Problem.error(
                            ImageCode.IMAGE_EMPTY,
                            "the layer %s has no file".formatted(layer.files()))
                    .withHint(ImageCode.IMAGE_EMPTY.remedy())
                    .thrown();
        }
        var into = AbsoluteUnixPath.get(layer.into());
        var entries = FileEntriesLayer.builder().setName(layer.files());
        files.forEach((name, file) ->
                entries.addEntry(
                        file,
                        into.resolve(name),
                        FilePermissions.fromOctalString(
                                Files.isExecutable(file) ? PROGRAM : FILE)));
        return entries.build();
    }

    private static ProblemException badName(String name) {
        return Problem.error(
                        ImageCode.IMAGE_NAME, "\"%s\" is not the name of an image".formatted(name))
                .withHint(ImageCode.IMAGE_NAME.remedy())
                .thrown();
    }

    /// What the library says, without its layers of exceptions.
    private static ProblemException refused(Exception failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && !(cause instanceof RegistryException)) {
            cause = cause.getCause();
        }
        var code =
                cause instanceof RegistryUnauthorizedException
                        ? ImageCode.REGISTRY_REFUSED
                        : ImageCode.REGISTRY_UNREACHABLE;
        var what = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return Problem.error(code, what.lines().findFirst().orElse(what))
                .withHint(code.remedy())
                .thrown();
    }
}
