package dev.fairlead.target.local;

import static dev.fairlead.target.local.Stack.eventually;
import static dev.fairlead.target.local.Stack.marked;
import static dev.fairlead.target.local.Stack.shell;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.inventory.unit.Dev;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Editing while a stack runs.
class ReloadIT {
    private static final Duration DEBOUNCE = Duration.ofMillis(50);

    @TempDir Path root;

    @BeforeEach
    void sources() throws IOException {
        Files.createDirectories(root.resolve("src/deep"));
        edit("good one");
    }

    private void edit(String text) {
        try {
            Files.writeString(root.resolve("src/deep/app.txt"), text + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> lines(String file) {
        try {
            return Files.exists(root.resolve(file))
                    ? Files.readAllLines(root.resolve(file))
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Serves what was built; a source that is not good does not build.
    private Stack app(Stack stack, boolean toolReloads) {
        var build =
                marked(
                        "sh",
                        "-c",
                        "echo building; grep -q good src/deep/app.txt && cp src/deep/app.txt built.txt");
        var dev =
                new Dev(
                        build,
                        List.of("src/**/*.txt"),
                        List.of("src/tmp/**"),
                        toolReloads,
                        DEBOUNCE);
        var run =
                Stack.ready(
                        shell("cat built.txt >> served; echo serving; sleep 1000"),
                        new Ready.Log("serving"));
        return stack.unit("app", Stack.dev(run, dev));
    }

    private static UnitStatus.Reload reload(Stack stack) {
        return stack.status("app").reload().orElseThrow();
    }

    private static Optional<Event> told(Stack stack, Event.Kind kind) {
        try {
            return stack.events().stream().filter(event -> event.kind() == kind).findFirst();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFreshProcessThatIsNotReadyInTimeIsTold() throws Exception {
        try (var stack = new Stack(root)) {
            var dev = new Dev(marked("true"), List.of("src/**/*.txt"), List.of(), false, DEBOUNCE);
            var run =
                    Stack.readyWithin(
                            Stack.ready(
                                    shell("cat src/deep/app.txt; sleep 1000"),
                                    new Ready.Log("good")),
                            Duration.ofMillis(500));
            stack.unit("app", Stack.dev(run, dev)).up(1);
            edit("bad");
            eventually(() -> told(stack, Event.Kind.FAILED).isPresent());

            assertThat(told(stack, Event.Kind.FAILED).orElseThrow().what())
                    .isEqualTo("not ready within 0.5 s: no line of the output matches good");
            assertThat(stack.status("app").state()).isEqualTo(UnitState.FAILED);
            edit("good again");
            eventually(() -> stack.status("app").state() == UnitState.READY);
        }
    }

    @Test
    @Covers("PAR-02")
    void anEditIsBuiltAndServed() throws Exception {
        try (var stack = app(new Stack(root), false)) {
            assertThat(stack.up(1).get("app").state()).isEqualTo(UnitState.READY);
            assertThat(lines("served")).containsExactly("good one");
            assertThat(reload(stack).current()).isTrue();

            edit("good two");
            eventually(() -> reload(stack).editToServed().isPresent());
            assertThat(lines("served")).containsExactly("good one", "good two");
            assertThat(reload(stack).current()).isTrue();
            System.out.println("edit to served: " + reload(stack).editToServed().orElseThrow());
        }
    }

    @Test
    void aFailedBuildKeepsTheOldProcessAndShowsItsLines() throws Exception {
        try (var stack = app(new Stack(root), false)) {
            stack.up(1);
            var pid = stack.status("app").pid();
            edit("bad");
            eventually(() -> reload(stack).failedBuild().isPresent());
            assertThat(reload(stack).failedBuild()).contains("building");
            assertThat(reload(stack).current()).isFalse();
            assertThat(stack.status("app").state()).isEqualTo(UnitState.READY);
            assertThat(stack.status("app").pid()).isEqualTo(pid);
            eventually(() -> told(stack, Event.Kind.FAILED).isPresent());
            var told = told(stack, Event.Kind.FAILED).orElseThrow();
            assertThat(told.what()).isEqualTo("the build sh failed");
            assertThat(told.evidence()).containsExactly("building");

            edit("good again");
            eventually(() -> lines("served").contains("good again"));
            eventually(() -> reload(stack).current());
            assertThat(reload(stack).failedBuild()).isEmpty();
        }
    }

    @Test
    void aBuildThatFailsAtFirstIsMendedByAnEdit() throws Exception {
        try (var stack = app(new Stack(root), false)) {
            edit("bad");
            var cause = stack.up(1).get("app").cause().orElseThrow();
            assertThat(cause.code()).isEqualTo(CauseCode.BUILD_FAILED);
            assertThat(cause.evidence()).containsExactly("building");
            edit("good");
            eventually(() -> stack.status("app").state() == UnitState.READY);
        }
    }

    @Test
    @Covers("PAR-01")
    void aCommandThatReloadsItselfIsLeftAlone() throws Exception {
        try (var stack = app(new Stack(root), true)) {
            stack.up(1);
            var pid = stack.status("app").pid();
            edit("good two");
            eventually(() -> lines("built.txt").equals(List.of("good two")));
            eventually(() -> reload(stack).current());
            assertThat(stack.status("app").pid()).isEqualTo(pid);
        }
    }

    @Test
    void whatIsBuiltIsNotBuiltAgainAndWhatChangedMeanwhileIs() throws Exception {
        try (var stack = app(new Stack(root), false)) {
            stack.up(1);
            stack.down(2, false);
            stack.up(3);
            assertThat(stack.log("app")).filteredOn("building"::equals).hasSize(1);
            stack.killSupervisor();
            edit("good while nobody watched");
            stack.up(4);
            eventually(() -> lines("served").contains("good while nobody watched"));
        }
    }

    @Test
    void tenThousandChangesAreOneReload() throws Exception {
        try (var stack = app(new Stack(root), false)) {
            stack.up(1);
            for (int i = 0; i < 10_000; i++) {
                edit("good " + i);
            }
            eventually(() -> lines("served").contains("good 9999"));
            assertThat(lines("served").size()).isLessThan(10);
        }
    }

    /// As a checkout of another branch does it: everywhere at once, folders that were not there before included.
    @Test
    void tenThousandFilesAtOnceAreOneReloadAndNoneIsMissed() throws Exception {
        int files = Math.max(10_000, Scale.of(100_000));
        try (var stack = many(new Stack(root))) {
            stack.up(1);
            long began = System.nanoTime();
            for (int i = 0; i < files; i++) {
                var folder = root.resolve("src/f" + i / 100);
                if (i % 100 == 0) {
                    Files.createDirectories(folder);
                }
                Files.writeString(folder.resolve(i + ".txt"), "good\n");
            }
            System.out.printf(
                    "%,d files were written in %d ms%n",
                    files, (System.nanoTime() - began) / 1_000_000);
            eventually(() -> lines("served").contains("" + (files + 1)));
            assertThat(lines("served"))
                    .as("one round, and one more where it began before the last file was there")
                    .hasSizeLessThan(50)
                    .last()
                    .isEqualTo("" + (files + 1));

            // None of the fresh folders is forgotten: one more edit in the last of them is seen.
            Files.writeString(
                    root.resolve("src/f" + (files - 1) / 100 + "/one-more.txt"), "good\n");
            eventually(() -> lines("served").contains("" + (files + 2)));
            assertThat(stack.supervisorMemory()).as("MiB").isLessThan(400);
        }
    }

    /// Serves how many files there are.
    private static Stack many(Stack stack) {
        var dev =
                new Dev(
                        marked("sh", "-c", "find src -name '*.txt' | wc -l > built.txt"),
                        List.of("src/**/*.txt"),
                        List.of(),
                        false,
                        DEBOUNCE);
        var run =
                Stack.ready(
                        shell("cat built.txt >> served; echo serving; sleep 1000"),
                        new Ready.Log("serving"));
        return stack.unit("app", Stack.dev(run, dev));
    }

    @Test
    void ignoredFilesChangeNothing() throws Exception {
        Files.writeString(root.resolve(".gitignore"), "*.gen.txt\n");
        try (var stack = app(new Stack(root), false)) {
            stack.up(1);
            Files.writeString(root.resolve("src/made.gen.txt"), "x");
            Files.createDirectories(root.resolve("src/tmp"));
            Files.writeString(root.resolve("src/tmp/x.txt"), "x");
            edit("good two");
            eventually(() -> lines("served").contains("good two"));
            Files.writeString(root.resolve("src/tmp/y.txt"), "x");
            edit("good three");
            eventually(() -> lines("served").contains("good three"));
            assertThat(lines("served")).containsExactly("good one", "good two", "good three");
        }
    }
}
