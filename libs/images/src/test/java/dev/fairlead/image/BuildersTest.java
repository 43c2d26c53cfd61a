package dev.fairlead.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.image.build.Dockerfiles;
import dev.fairlead.image.registry.Reference;
import dev.fairlead.inventory.image.Recipe;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which builder is called, and how. The builders are scripts that write down what they are given.
class BuildersTest {
    private static final Reference TAG = Reference.of("registry.test/shop/api:in-1");

    @TempDir Path folder;
    private final List<String> said = new ArrayList<>();
    private Recipe.Dockerfile recipe;

    @BeforeEach
    void context() throws IOException {
        var context = Files.createDirectories(folder.resolve("root/api"));
        Files.createDirectory(folder.resolve("bin"));
        Files.writeString(context.resolve("Dockerfile"), "FROM scratch\n");
        Files.writeString(context.resolve("a.txt"), "a");
        Files.writeString(context.resolve(".gitignore"), "secret.txt\n");
        Files.writeString(context.resolve("secret.txt"), "not for the builder");
        recipe =
                new Recipe.Dockerfile(
                        folder.resolve("root"),
                        context,
                        context.resolve("Dockerfile"),
                        Optional.of("runtime"),
                        new TreeMap<>(Map.of("V", "1")));
    }

    private void program(String name, String script) throws IOException {
        var file = folder.resolve("bin").resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Dockerfiles builders(Map<String, String> more) {
        var variables = new TreeMap<>(more);
        variables.put("PATH", folder.resolve("bin").toString());
        return new Dockerfiles(variables, folder.resolve("cache"));
    }

    private String build(Map<String, String> more, boolean push) throws InterruptedException {
        builders(more).build(recipe, TAG, push, said::add);
        return String.join("\n", said).replaceAll("/[^ =]*context-\\d+", "COPY");
    }

    @Test
    @Covers("CP-03")
    void dockerIsTakenWhereItsDaemonAnswers() throws Exception {
        program("docker", "[ \"$1\" = info ] || echo \"docker $*\"");
        program("buildah", "echo \"buildah $*\"");
        assertThat(build(Map.of(), true))
                .isEqualTo(
                        """
                        docker build --file COPY/Dockerfile --target runtime --build-arg V=1 --tag registry.test/shop/api:in-1 COPY
                        docker push registry.test/shop/api:in-1\
                        """
                                .stripIndent());
    }

    @Test
    @Covers("CP-03")
    void buildahIsTakenWhereDockerDoesNotAnswer() throws Exception {
        program("docker", "exit 1");
        program("buildah", "echo \"buildah $*\"");
        assertThat(build(Map.of(), false))
                .isEqualTo(
                        "buildah build --file COPY/Dockerfile --target runtime --build-arg V=1 --tag registry.test/shop/api:in-1 COPY");
    }

    @Test
    @Covers("CP-03")
    void anAddressOfBuildKitIsMeant() throws Exception {
        program("docker", "echo \"docker $*\"");
        program("buildctl", "echo \"buildctl $*\"");
        assertThat(build(Map.of("BUILDKIT_HOST", "tcp://builder.test:1234"), true))
                .isEqualTo(
                        "buildctl --addr tcp://builder.test:1234 build --progress=plain --frontend=dockerfile.v0 --local=context=COPY --local=dockerfile=COPY --opt=filename=Dockerfile --opt=target=runtime --opt=build-arg:V=1 --output=type=image,name=registry.test/shop/api:in-1,push=true");
    }

    @Test
    @Covers({"CP-03", "DEP-04"})
    void withoutABuilderEveryOneThatWasLookedForIsNamed() throws Exception {
        program("docker", "exit 1");
        assertThatThrownBy(() -> build(Map.of(), true))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("BUILDER_MISSING")
                .hasMessageContaining("docker does not answer")
                .hasMessageContaining("buildah is not on the PATH")
                .hasMessageContaining("BUILDKIT_HOST is not set");
    }

    @Test
    @Covers({"CP-03", "DEP-04"})
    void aBuilderThatFailsIsQuotedAndItsContextIsGone() throws Exception {
        program("buildah", "echo step one; echo no such stage; exit 3");
        assertThatThrownBy(() -> build(Map.of(), true))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problems().getFirst().evidence())
                                        .containsExactly("step one", "no such stage"));
        assertThat(folder.resolve("cache")).isEmptyDirectory();
    }

    @Test
    @Covers("CP-03")
    void theBuilderSeesWhatTheTagWasMadeOf() throws Exception {
        program("buildah", "for last; do :; done; cd \"$last\" && echo * .gitignore");
        assertThat(build(Map.of(), false)).isEqualTo("Dockerfile a.txt .gitignore");
    }
}
