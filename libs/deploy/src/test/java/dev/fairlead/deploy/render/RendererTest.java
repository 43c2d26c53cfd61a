package dev.fairlead.deploy.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.deploy.fake.FakeStack;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Resolution.DigestKey;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RendererTest {
    private static final UnitName API = new UnitName("api");
    private static final Optional<DigestKey> KEY = Optional.of(new DigestKey(new byte[] {7}));

    private final Renderer renderer = new Renderer((unit, folder, globs) -> "digest", List.of());

    @Test
    @Covers("DEP-05")
    void noValueOfASecretIsInWhatIsComparedAndKept() {
        var desired = render(withSecret("hunter2"), KEY);

        assertThat(kept(desired))
                .contains("postgres://app:${secret:db}@host")
                .doesNotContain("hunter2");
    }

    private static String kept(Desired desired) {
        var units = new TreeMap<UnitName, Map<String, Object>>();
        desired.units().forEach((name, wanted) -> units.put(name, wanted.content()));
        return new Revision(
                        1,
                        Instant.EPOCH,
                        "up-1",
                        "shop/dev",
                        "hash",
                        desired.inputHash(),
                        Optional.empty(),
                        desired.graph(),
                        units,
                        new TreeMap<>())
                .text();
    }

    @Test
    void aChangedSecretIsAChangeOfTheUnitButNotOfTheInput() {
        var before = render(withSecret("hunter2"), KEY);
        var after = render(withSecret("hunter3"), KEY);

        assertThat(hash(after)).isNotEqualTo(hash(before));
        assertThat(after.inputHash()).isEqualTo(before.inputHash());
    }

    @Test
    void theSameSecretUnderAnotherKeyHasAnotherFingerprint() {
        var other = Optional.of(new DigestKey(new byte[] {8}));

        assertThat(hash(render(withSecret("hunter2"), other)))
                .isNotEqualTo(hash(render(withSecret("hunter2"), KEY)));
    }

    @Test
    void withoutAKeyASecretIsSimplyNew() {
        var content = content(render(withSecret("hunter2"), Optional.empty()));

        assertThat(content.get("secrets")).isEqualTo(Map.of("db", Renderer.NEW));
    }

    @Test
    void thePlaceInTheGraphAndTheDeadlineOfTheStepDoNotRestartAUnit() {
        var alone = new FakeStack().unit(Stage.STATEFUL, "db").unit(Stage.INTERNAL, "api").build();
        var behind =
                new FakeStack()
                        .timeout(Duration.ofSeconds(5))
                        .unit(Stage.STATEFUL, "db")
                        .unit(Stage.EDGE, "api", "db")
                        .build();

        assertThat(hash(render(behind, KEY))).isEqualTo(hash(render(alone, KEY)));
        assertThat(render(behind, KEY).inputHash()).isNotEqualTo(render(alone, KEY).inputHash());
    }

    @Test
    void aTaskChangesWithTheFilesThatItsInputsMatch(@TempDir Path folder) throws IOException {
        var task =
                new Work.Task(List.of(Marked.plain("build")), List.of("src/**/*.java", "pom.xml"));
        var unit = new FakeStack().unit(Stage.INTERNAL, "api", task).build().units().get(API);
        Files.createDirectories(folder.resolve("src/deep"));
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve("pom.xml"), "<project/>");
        Files.writeString(folder.resolve("src/A.java"), "class A {}");
        var files = new MatchedFiles();
        var globs = task.inputs();
        var before = files.digest(Objects.requireNonNull(unit), folder, globs);

        Files.writeString(folder.resolve("README.md"), "not an input");
        Files.writeString(folder.resolve(".git/x.java"), "never");
        assertThat(files.digest(unit, folder, globs)).isEqualTo(before);

        Files.writeString(folder.resolve("src/A.java"), "class A { }");
        var edited = files.digest(unit, folder, globs);
        assertThat(edited).isNotEqualTo(before);

        Files.writeString(folder.resolve("src/deep/B.java"), "class B {}");
        assertThat(files.digest(unit, folder, globs)).isNotEqualTo(edited);
    }

    @Test
    void aGlobThatIsWrongIsSaidAtItsUnit(@TempDir Path folder) {
        var unit = new FakeStack().unit(Stage.INTERNAL, "api").build().units().get(API);

        assertThatThrownBy(() ->
                        new MatchedFiles()
                                .digest(Objects.requireNonNull(unit), folder, List.of("src/[a")))
                .hasMessageContaining("services.yaml:1:1")
                .hasMessageContaining("a glob in the inputs of api is wrong");
    }

    @Test
    void everyKindOfWorkIsWrittenInItsOwnWords() {
        var stack =
                new FakeStack()
                        .unit(
                                Stage.STATEFUL,
                                "db",
                                new Work.Postgres(List.of("shop"), Optional.of("18")))
                        .unit(Stage.EDGE, "web", new Work.StaticFiles("dist", true))
                        .unit(Stage.INTERNAL, "api")
                        .build();
        var desired = render(stack, KEY);
        var kinds =
                desired.units().values().stream()
                        .map(wanted -> wanted.content().get("kind"))
                        .toList();

        assertThat(kinds).isEqualTo(List.of("process", "postgres", "static"));
    }

    private Desired render(Environment environment, Optional<DigestKey> key) {
        return renderer.render(environment, environment.units().keySet(), key);
    }

    private static String hash(Desired desired) {
        return Objects.requireNonNull(desired.units().get(API)).hash();
    }

    private static Map<String, Object> content(Desired desired) {
        return Objects.requireNonNull(desired.units().get(API)).content();
    }

    private static Environment withSecret(String value) {
        var env = new TreeMap<String, Marked>();
        env.put(
                "DATABASE_URL",
                new Marked.Builder()
                        .append("postgres://app:")
                        .append(Marked.secret("db", value))
                        .append("@host")
                        .build());
        return new FakeStack().unit(Stage.INTERNAL, "api", env).build();
    }
}
