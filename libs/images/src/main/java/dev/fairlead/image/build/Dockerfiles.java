package dev.fairlead.image.build;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.image.ImageCode;
import dev.fairlead.image.registry.Reference;
import dev.fairlead.inventory.image.Inputs;
import dev.fairlead.inventory.image.Recipe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Dockerfiles, by the builder that this machine has: a BuildKit address where one is named, docker where its daemon answers,
/// buildah. It is given a copy of exactly the files that the image's tag was made of.
public final class Dockerfiles {
    private static final String BUILDKIT = "BUILDKIT_HOST";

    private final Tool tool;
    private final Path folder;

    /// @param variables the process environment
    /// @param folder where contexts are put together
    public Dockerfiles(Map<String, String> variables, Path folder) {
        this.tool = new Tool(variables);
        this.folder = folder;
    }

    /// How one builder is called.
    private interface Builder {
        /// @return what to run, in its order
        List<List<String>> commands(Recipe.Dockerfile recipe, Path context, Order order);
    }

    /// @param tag the name that the image gets
    /// @param push whether it goes to the registry
    private record Order(Reference tag, boolean push) {}

    /// Builds it.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException `BUILDER_MISSING`, `IMAGE_BUILD_FAILED`
    public void build(
            Recipe.Dockerfile recipe, Reference tag, boolean push, Consumer<String> progress)
            throws InterruptedException {
        var builder = builder();
        Path copy = copied(recipe);
        try {
            for (var command : builder.commands(recipe, copy, new Order(tag, push))) {
                tool.run(command, copy, recipe.context(), progress);
            }
        } finally {
            delete(copy);
        }
    }

    private Builder builder() throws InterruptedException {
        var address = tool.variables().getOrDefault(BUILDKIT, "");
        if (!address.isEmpty() && tool.isThere("buildctl")) {
            return (recipe, context, order) -> List.of(buildkit(address, recipe, context, order));
        }
        if (tool.isThere("docker") && tool.succeeds(List.of("docker", "info"))) {
            return (recipe, context, order) ->
                    ordinary("docker", recipe, context, order, List.of());
        }
        if (tool.isThere("buildah")) {
            return (recipe, context, order) ->
                    ordinary(
                            "buildah",
                            recipe,
                            context,
                            order,
                            order.tag().isLoopback() ? List.of("--tls-verify=false") : List.of());
        }
        throw Problem.error(
                        ImageCode.BUILDER_MISSING,
                        "there is no builder for its Dockerfile: %s, buildah is not on the PATH, and %s"
                                .formatted(
                                        tool.isThere("docker")
                                                ? "docker does not answer"
                                                : "docker is not on the PATH",
                                        address.isEmpty()
                                                ? BUILDKIT + " is not set"
                                                : "buildctl for "
                                                        + BUILDKIT
                                                        + " is not on the PATH"))
                .withHint(ImageCode.BUILDER_MISSING.remedy())
                .thrown();
    }

    private static List<List<String>> ordinary(
            String program,
            Recipe.Dockerfile recipe,
            Path context,
            Order order,
            List<String> transport) {
        var build = new ArrayList<>(List.of(program, "build"));
        build.addAll(transport);
        build.addAll(List.of("--file", dockerfile(recipe, context).toString()));
        recipe.target().ifPresent(target -> build.addAll(List.of("--target", target)));
        recipe.arguments()
                .forEach((key, value) -> build.addAll(List.of("--build-arg", key + "=" + value)));
        build.addAll(List.of("--tag", order.tag().toString(), context.toString()));
        if (!order.push()) {
            return List.of(build);
        }
        var push = new ArrayList<>(List.of(program, "push"));
        push.addAll(transport);
        push.add(order.tag().toString());
        return List.of(build, push);
    }

    private static List<String> buildkit(
            String address, Recipe.Dockerfile recipe, Path context, Order order) {
        var file = dockerfile(recipe, context);
        var command =
                new ArrayList<>(
                        List.of(
                                "buildctl",
                                "--addr",
                                address,
                                "build",
                                "--progress=plain",
                                "--frontend=dockerfile.v0",
                                "--local=context=" + context,
                                "--local=dockerfile=" + file.getParent(),
                                "--opt=filename=" + file.getFileName()));
        recipe.target().ifPresent(target -> command.add("--opt=target=" + target));
        recipe.arguments()
                .forEach((key, value) -> command.add("--opt=build-arg:" + key + "=" + value));
        command.add(
                "--output=type=image,name=%s,push=%s%s"
                        .formatted(
                                order.tag(),
                                order.push(),
                                order.tag().isLoopback() ? ",registry.insecure=true" : ""));
        return command;
    }

    private static Path dockerfile(Recipe.Dockerfile recipe, Path context) {
        return recipe.file().startsWith(recipe.context())
                ? context.resolve(recipe.context().relativize(recipe.file()).toString())
                : recipe.file();
    }

    private Path copied(Recipe.Dockerfile recipe) {
        try {
            Files.createDirectories(folder);
            var copy = Files.createTempDirectory(folder, "context-");
            for (var file : Inputs.context(recipe).entrySet()) {
                put(file.getValue(), copy.resolve(file.getKey()));
            }
            var dockerfile = dockerfile(recipe, copy);
            if (!Files.exists(dockerfile)) {
                put(recipe.file(), dockerfile); // git ignores it, and it is an input all the same
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(Path file, Path to) throws IOException {
        Files.createDirectories(java.util.Objects.requireNonNull(to.getParent()));
        Files.copy(file, to, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static void delete(Path copy) {
        try (var files = Files.walk(copy)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
