package dev.fairlead.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Both sides over two pipes, on real folders.
class SyncTest {
    @TempDir private Path base;
    private Path checkout;
    private Path workspace;
    private Sender sender;
    private Pipe there;
    private Pipe back;

    @BeforeEach
    void connect() throws IOException {
        checkout = Files.createDirectory(base.resolve("checkout"));
        workspace = Files.createDirectory(base.resolve("workspace"));
        open();
    }

    private void open() throws IOException {
        there = Pipe.open();
        back = Pipe.open();
        var in = Channels.newInputStream(there.source());
        var out = Channels.newOutputStream(back.sink());
        Thread.ofVirtual()
                .start(() -> {
                    try (out) {
                        new Receiver(workspace).serve(in, out);
                    } catch (IOException e) {
                        // Told to the sender, or the sender is gone.
                    }
                });
        sender =
                new Sender(
                        new Checkout(checkout),
                        Channels.newInputStream(back.source()),
                        Channels.newOutputStream(there.sink()));
    }

    @AfterEach
    void close() throws IOException {
        there.sink().close();
        back.source().close();
    }

    private void write(String path, String text) throws IOException {
        var file = checkout.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static Map<String, String> tree(Path root) throws IOException {
        var tree = new TreeMap<String, String>();
        try (var all = Files.walk(root)) {
            for (var path : all.toList()) {
                var name = root.relativize(path).toString();
                if (Files.isSymbolicLink(path)) {
                    tree.put(name, "-> " + Files.readSymbolicLink(path));
                } else if (Files.isRegularFile(path) && !name.startsWith(".fairlead/")) {
                    tree.put(name, (Files.isExecutable(path) ? "x " : "") + Files.readString(path));
                }
            }
        }
        return tree;
    }

    @Test
    @Covers("WS-01")
    void whatDiffersIsWrittenAndNothingElse() throws IOException {
        write("a/one", "1");
        write("run.sh", "echo");
        assertThat(checkout.resolve("run.sh").toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(checkout.resolve("link"), Path.of("a/one"));
        var first = sender.round();
        assertThat(first.written()).isEqualTo(3);
        assertThat(tree(workspace)).isEqualTo(tree(checkout));

        assertThat(sender.round().isEmpty()).isTrue();
        write("a/one", "2");
        assertThat(sender.round().written()).isEqualTo(1);

        close();
        open();
        assertThat(sender.round().isEmpty()).as("a fresh process knows it too").isTrue();
        Files.writeString(workspace.resolve("a/one"), "3");
        assertThat(sender.round().written()).as("somebody wrote over it").isEqualTo(1);
        assertThat(tree(workspace)).isEqualTo(tree(checkout));
    }

    @Test
    @Covers("WS-01")
    void whatLeftIsDeletedAndWhatPodsMadeStays() throws IOException {
        write("src/a", "a");
        write("src/deep/b", "b");
        sender.round();
        Files.writeString(workspace.resolve("src/made"), "by a pod");
        Files.delete(checkout.resolve("src/a"));
        Files.delete(checkout.resolve("src/deep/b"));
        Files.delete(checkout.resolve("src/deep"));
        assertThat(sender.round().deleted()).isEqualTo(2);
        assertThat(tree(workspace)).isEqualTo(Map.of("src/made", "by a pod"));
        assertThat(workspace.resolve("src/deep")).doesNotExist();
    }

    @Test
    void whatIsIgnoredIsNotBroughtUnlessItIsLetIn() throws IOException {
        write(".gitignore", "*.log\nlib/\n");
        write(".fairleadignore", "notes/\n!lib/\n");
        write("a.log", "");
        write("notes/x", "");
        write("lib/driver.jar", "jar");
        write(".git/HEAD", "");
        sender.round();
        assertThat(tree(workspace).keySet())
                .containsExactly(".fairleadignore", ".gitignore", "lib/driver.jar");
    }

    @Test
    void aFileBecomesAFolderAndAFolderAFile() throws IOException {
        write("x", "file");
        write("y/in", "folder");
        sender.round();
        Files.delete(checkout.resolve("x"));
        write("x/in", "folder now");
        Files.delete(checkout.resolve("y/in"));
        Files.delete(checkout.resolve("y"));
        write("y", "file now");
        sender.round();
        assertThat(tree(workspace)).isEqualTo(tree(checkout));
        assertThat(sender.round().isEmpty()).isTrue();
    }

    @Test
    void aPathThatLeadsOutIsRefused() throws IOException {
        var bytes = new ByteArrayOutputStream();
        Entry.write(
                List.of(new Entry("../out", Entry.Sort.FILE, 1, "0")), new DataOutputStream(bytes));
        var receiver = new Receiver(workspace);
        assertThatThrownBy(() ->
                        receiver.serve(
                                new ByteArrayInputStream(bytes.toByteArray()),
                                new ByteArrayOutputStream()))
                .hasMessageContaining("leads out of the workspace");
    }

    @Test
    void halfAFileIsNotLeftBehindWhenTheOtherSideIsGone() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        Entry.write(List.of(new Entry("src/a", Entry.Sort.FILE, 10, "0")), out);
        out.writeInt(5);
        out.writeBytes("half ");
        var receiver = new Receiver(workspace);
        assertThatThrownBy(() ->
                        receiver.serve(
                                new ByteArrayInputStream(bytes.toByteArray()),
                                new ByteArrayOutputStream()))
                .isInstanceOf(EOFException.class);
        assertThat(tree(workspace)).isEmpty();
    }

    @Test
    void halfAFileIsNotLeftBehindWhenItCannotBeMoved() throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        // A link's target that no file system takes: it fails when everything of it has come.
        var target = "x".repeat(5_000);
        Entry.write(List.of(new Entry("src/link", Entry.Sort.LINK, 5, target)), out);
        out.writeInt(5);
        out.writeBytes("whole");
        out.writeInt(0);
        var answer = new ByteArrayOutputStream();
        new Receiver(workspace).serve(new ByteArrayInputStream(bytes.toByteArray()), answer);
        assertThat(answer.toString(StandardCharsets.UTF_8)).contains("src/link cannot be written");
        assertThat(tree(workspace)).isEmpty();
    }

    @Test
    void whatStandsInTheWayOfAFileGoes() throws IOException {
        write("a", "a");
        sender.round();
        write("folder/b", "b");
        Files.createDirectories(workspace.resolve("folder/b/full"));
        Files.writeString(workspace.resolve("folder/b/full/x"), "somebody's");
        sender.round();
        assertThat(tree(workspace)).as("the checkout wins").isEqualTo(tree(checkout));
    }

    @Test
    void whatLiesBehindALinkThatAPodMadeIsLeftAlone() throws IOException {
        var outside = Files.createDirectory(base.resolve("outside"));
        Files.writeString(outside.resolve("gone"), "a");
        Files.writeString(outside.resolve("kept"), "b");
        write("src/gone", "a");
        write("src/kept", "b");
        sender.round();
        Files.delete(workspace.resolve("src/gone"));
        Files.delete(workspace.resolve("src/kept"));
        Files.delete(workspace.resolve("src"));
        Files.createSymbolicLink(workspace.resolve("src"), outside);
        Files.delete(checkout.resolve("src/gone"));

        sender.round();

        assertThat(tree(outside)).isEqualTo(Map.of("gone", "a", "kept", "b"));
        assertThat(workspace.resolve("src")).as("the checkout's folder").isDirectory();
        assertThat(Files.isSymbolicLink(workspace.resolve("src"))).isFalse();
        assertThat(tree(workspace)).isEqualTo(tree(checkout));
    }

    /// Whatever is edited, both are equal afterwards.
    @Test
    @Covers("WS-01")
    void randomEditsArrive() throws IOException {
        var random = Seeds.generator("sync");
        int rounds = Scale.of(1_000);
        for (int i = 0; i < rounds; i++) {
            for (int edit = 0; edit < 1 + random.nextInt(5); edit++) {
                edit(random);
            }
            sender.round();
            assertThat(tree(workspace)).as("round %d", i).isEqualTo(tree(checkout));
        }
    }

    private void edit(RandomGenerator random) throws IOException {
        var path = checkout.resolve(name(random) + "/" + name(random));
        if (Files.isRegularFile(path.getParent())) {
            Files.delete(path.getParent());
        }
        if (random.nextInt(4) == 0) {
            Files.deleteIfExists(path);
        } else if (!Files.isDirectory(path)) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, "x".repeat(random.nextInt(20_000)) + random.nextInt());
            assertThat(path.toFile().setExecutable(random.nextBoolean())).isTrue();
        }
    }

    private static String name(RandomGenerator random) {
        return "n" + random.nextInt(4);
    }
}
