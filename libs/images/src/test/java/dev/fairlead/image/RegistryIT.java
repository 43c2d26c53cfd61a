package dev.fairlead.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.deploy.image.ImageMaker.Seen;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.inventory.image.Image;
import dev.fairlead.inventory.image.Inputs;
import dev.fairlead.inventory.image.Recipe;
import dev.fairlead.testcluster.TestRegistry;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.DebianPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

/// Images are built, pushed, found again and copied, on a real registry.
class RegistryIT {
    private static final Place PLACE = new Place(new Source("services.yaml", ""), 1, 1);

    private static TestRegistry registry;

    @TempDir Path folder;
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private ImageWorkshop workshop;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        registry = TestRegistry.start();
    }

    @AfterAll
    static void end() {
        if (registry != null) {
            registry.close();
        }
    }

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("app/lib"));
        Files.writeString(folder.resolve("app/run"), "#!/bin/sh\necho hello\n");
        Files.writeString(folder.resolve("app/lib/one.txt"), "one");
        assertThat(folder.resolve("app/run").toFile().setExecutable(true)).isTrue();
        workshop = new ImageWorkshop(variables(), folder.resolve("cache"));
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    private Map<String, String> variables() {
        return new TreeMap<>(
                Map.of(
                        "PATH",
                        System.getenv("PATH"),
                        "HOME",
                        folder.toString(),
                        "BUILDAH_ISOLATION",
                        "chroot",
                        "STORAGE_DRIVER",
                        "vfs"));
    }

    private Recipe.Layered layered(Optional<String> base) {
        return new Recipe.Layered(
                folder,
                folder.resolve("app"),
                base,
                List.of(),
                List.of(
                        new Recipe.Layer("app/lib/*", "/app/lib", false),
                        new Recipe.Layer("app/run", "/app", false)),
                List.of("/app/run"));
    }

    private static Image.Built built(String name, Recipe recipe) {
        return new Image.Built(
                name,
                PLACE,
                registry.host() + "/shop/" + name,
                Inputs.digest(recipe, PLACE),
                recipe);
    }

    private Seen look(Image image) throws InterruptedException {
        return workshop.look(List.of(image)).get(image.name());
    }

    @Test
    @Covers({"CP-03", "DEP-03"})
    void whatIsBuiltOnceIsFoundAgainAndNotPushedAnew() throws Exception {
        var image = built("once", layered(Optional.empty()));
        assertThat(look(image)).isEqualTo(new Seen.Missing(Optional.empty()));

        var digest = workshop.make(image, true, said::add);

        assertThat(digest).matches("sha256:[0-9a-f]{64}");
        assertThat(look(image)).isEqualTo(new Seen.There(digest));
        assertThat(said).isNotEmpty();
        said.clear();
        assertThat(workshop.make(image, true, said::add)).isEqualTo(digest);
        assertThat(said).as("nothing is built").isEmpty();
    }

    @Test
    @Covers("CP-03")
    void theSameFilesGiveTheSameImageWhereverTheyLie() throws Exception {
        var digest = workshop.make(built("here", layered(Optional.empty())), true, said::add);
        try (var elsewhere = new ImageWorkshop(variables(), folder.resolve("other-cache"))) {
            var again = built("there", layered(Optional.empty()));
            assertThat(elsewhere.make(again, true, said::add)).isEqualTo(digest);
        }
    }

    @Test
    @Covers("CP-03")
    void layersLieOverTheirBase() throws Exception {
        var base = built("base", layered(Optional.empty()));
        var below = workshop.make(base, true, said::add);
        Files.writeString(folder.resolve("app/lib/two.txt"), "two");
        var image = built("over", layered(Optional.of(base.repository() + "@" + below)));
        var digest = workshop.make(image, true, said::add);
        assertThat(digest).isNotEqualTo(below);
        assertThat(look(image)).isEqualTo(new Seen.There(digest));
    }

    @Test
    @Covers("CP-03")
    void aCommandMakesTheFilesAndItsInputsMakeTheTag() throws Exception {
        var recipe =
                new Recipe.Layered(
                        folder,
                        folder.resolve("app"),
                        Optional.empty(),
                        List.of("sh", "-c", "mkdir -p out && tr a-z A-Z <lib/one.txt >out/made"),
                        List.of(new Recipe.Layer("app/out/**", "/app", false)),
                        List.of());
        Files.writeString(folder.resolve("app/.gitignore"), "out/\n");
        var image = built("made", recipe);

        var digest = workshop.make(image, true, said::add);

        assertThat(folder.resolve("app/out/made")).hasContent("ONE");
        assertThat(look(image)).isEqualTo(new Seen.There(digest));
        assertThat(Inputs.digest(recipe, PLACE))
                .as("what it made is no input")
                .isEqualTo(image.inputs());
        Files.writeString(folder.resolve("app/lib/one.txt"), "two");
        assertThat(Inputs.digest(recipe, PLACE)).isNotEqualTo(image.inputs());
    }

    @Test
    @Covers("CP-03")
    void anImageFromElsewhereIsCopiedAsItIs() throws Exception {
        var origin = built("origin", layered(Optional.empty()));
        var digest = workshop.make(origin, true, said::add);
        var mirrored =
                new Image.External(
                        "copy",
                        PLACE,
                        origin.reference(),
                        Optional.of(registry.host() + "/mirror/origin"));
        assertThat(look(mirrored)).isEqualTo(new Seen.Missing(Optional.of(digest)));

        assertThat(workshop.make(mirrored, true, said::add)).isEqualTo(digest);

        assertThat(look(mirrored)).isEqualTo(new Seen.There(digest));
    }

    @Test
    @Covers("CP-03")
    void anImageThatIsNotPushedLiesInAFile() throws Exception {
        var file =
                Path.of(workshop.make(built("kept", layered(Optional.empty())), false, said::add));
        assertThat(file).isRegularFile();
        assertThat(look(built("kept", layered(Optional.empty()))))
                .isEqualTo(new Seen.Missing(Optional.empty()));
    }

    @Test
    @Covers("CP-03")
    void aDockerfileIsBuiltByBuildah() throws Exception {
        if (!DebianPackage.BUILDAH.provide()) {
            System.out.println(DebianPackage.BUILDAH.absence());
            throw new TestAbortedException(DebianPackage.BUILDAH.absence());
        }
        var dockerfile = folder.resolve("app/Dockerfile");
        Files.writeString(
                dockerfile,
                """
                FROM scratch AS dev
                COPY lib /dev
                FROM scratch AS runtime
                ARG WHO
                COPY run /run-${WHO}
                """);
        var arguments = new TreeMap<>(Map.of("WHO", "me"));
        var digests = new ArrayList<String>();
        for (var target : List.of("dev", "runtime")) {
            var recipe =
                    new Recipe.Dockerfile(
                            folder,
                            folder.resolve("app"),
                            dockerfile,
                            Optional.of(target),
                            arguments);
            var variables = variables();
            variables.put("PATH", only("buildah"));
            try (var shop = new ImageWorkshop(variables, folder.resolve("cache"))) {
                var image = built("docker-" + target, recipe);
                digests.add(shop.make(image, true, said::add));
                assertThat(look(image)).isEqualTo(new Seen.There(digests.getLast()));
            }
        }
        assertThat(digests).doesNotHaveDuplicates();
    }

    /// A PATH that has everything but other builders.
    private String only(String builder) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .filter(at -> builder.equals("docker") || !Files.exists(Path.of(at, "docker")))
                .collect(java.util.stream.Collectors.joining(":"));
    }

    @Test
    @Covers({"CP-03", "DEP-04"})
    void anImageWithoutARegistryIsSaidWithItsPlace() {
        var recipe = layered(Optional.empty());
        var image = new Image.Built("a", PLACE, "shop/a", Inputs.digest(recipe, PLACE), recipe);
        assertThatThrownBy(() -> look(image))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("services.yaml:1:1 REGISTRY_MISSING the image \"a\"");
    }

    @Test
    @Covers({"CP-03", "DEP-04"})
    void aRegistryThatDoesNotAnswerIsAnAnswer() throws Exception {
        var recipe = layered(Optional.empty());
        var image =
                new Image.Built(
                        "gone", PLACE, "localhost:1/gone", Inputs.digest(recipe, PLACE), recipe);
        assertThat(look(image)).isInstanceOf(Seen.Unknown.class);
        assertThatThrownBy(() -> workshop.make(image, true, said::add))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("the registry localhost:1 does not answer");
    }

    @Test
    @Covers({"CP-03", "DEP-04"})
    void aBaseThatCannotBeHadIsSaidBeforeAnythingIsMade() {
        assertWithoutBase("localhost:1/base:1", "the registry localhost:1 does not answer");
        var nothing = registry.host() + "/nothing:1";
        assertWithoutBase(nothing, "does not have the base " + nothing);
        assertThat(folder.resolve("app/out")).doesNotExist();
    }

    private void assertWithoutBase(String base, String problem) {
        var recipe =
                new Recipe.Layered(
                        folder,
                        folder.resolve("app"),
                        Optional.of(base),
                        List.of("sh", "-c", "mkdir out && cp run out/made"),
                        List.of(new Recipe.Layer("app/out/**", "/app", false)),
                        List.of());
        said.clear();
        assertThatThrownBy(() -> workshop.make(built("without", recipe), false, said::add))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(problem);
        assertThat(said).singleElement().asString().startsWith("asks ").endsWith(base);
    }
}
