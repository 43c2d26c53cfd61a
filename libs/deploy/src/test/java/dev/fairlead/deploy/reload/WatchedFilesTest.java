package dev.fairlead.deploy.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.inventory.unit.Dev;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which files are watched.
class WatchedFilesTest {
    @TempDir Path root;

    private WatchedFiles files(List<String> watch, List<String> ignore) {
        return new WatchedFiles(
                root, root.resolve("api"), new Dev(List.of(), watch, ignore, false, Duration.ZERO));
    }

    private boolean watched(WatchedFiles files, String path) {
        return files.contains(root.resolve("api").resolve(path));
    }

    @Test
    void starsStayWithinAFolderAndDoubleStarsDoNot() {
        var files = files(List.of("src/**/*.java", "*.{yaml,yml}", "lib/[a-c]?.txt"), List.of());
        assertThat(watched(files, "src/Api.java")).isTrue();
        assertThat(watched(files, "src/a/b/Api.java")).isTrue();
        assertThat(watched(files, "src/Api.class")).isFalse();
        assertThat(watched(files, "app.yml")).isTrue();
        assertThat(watched(files, "conf/app.yml")).isFalse();
        assertThat(watched(files, "lib/b1.txt")).isTrue();
        assertThat(watched(files, "lib/d1.txt")).isFalse();
    }

    @Test
    void gitIgnoreRulesHoldFromTheRootDownwards() throws IOException {
        Files.createDirectories(root.resolve("api/gen"));
        Files.writeString(root.resolve(".gitignore"), "# made\nbuild/\n*.tmp\n!keep.tmp\n");
        Files.writeString(root.resolve("api/.gitignore"), "/gen\n");
        var files = files(List.of("**"), List.of("docs/**"));
        assertThat(watched(files, "a.txt")).isTrue();
        assertThat(watched(files, "build/a.txt")).isFalse();
        assertThat(watched(files, "deep/build/a.txt")).isFalse();
        assertThat(watched(files, "a.tmp")).isFalse();
        assertThat(watched(files, "keep.tmp")).isTrue();
        assertThat(watched(files, "gen/a.txt")).isFalse();
        assertThat(watched(files, "src/gen/a.txt")).isTrue();
        assertThat(watched(files, "docs/a.txt")).isFalse();
        assertThat(watched(files, ".git/HEAD")).isFalse();
        assertThat(watched(files, ".fairlead/x")).isFalse();
    }

    @Test
    void theDigestSaysWhetherNamesOrContentsChanged() throws IOException {
        Files.createDirectories(root.resolve("api/src"));
        var file = Files.writeString(root.resolve("api/src/a.txt"), "one");
        var files = files(List.of("src/*.txt"), List.of());
        var first = files.digest();
        Files.writeString(root.resolve("api/src/other.md"), "x");
        assertThat(files.digest()).isEqualTo(first);
        Files.writeString(file, "two");
        var second = files.digest();
        assertThat(second).isNotEqualTo(first);
        Files.move(file, root.resolve("api/src/b.txt"));
        assertThat(files.digest()).isNotEqualTo(second);
        Files.writeString(Files.move(root.resolve("api/src/b.txt"), file), "one");
        assertThat(files.digest()).isEqualTo(first);
    }

    @Test
    void onlyFoldersThatCanHoldSomethingAreWatched() throws IOException {
        Files.createDirectories(root.resolve("api/src/deep"));
        var files = files(List.of("src/**/*.java", "src/deep/*.txt", "gone/*.txt"), List.of());
        assertThat(files.bases()).containsExactly(root.resolve("api"));
        assertThat(files(List.of("src/**/*.java", "src/deep/*.txt"), List.of()).bases())
                .containsExactly(root.resolve("api/src"));
    }
}
