package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several files make one stack.
class ImportsTest {
    @TempDir Path folder;

    private static String imported(String spec) {
        return "spec:\n" + spec.indent(2);
    }

    @Test
    void theImportingFileWinsAndLaterImportsWinOverEarlierOnes() {
        var sample =
                Sample.in(folder)
                        .spec("imports: [ \"stacks/*.yaml\" ]\nvars: { a: main }")
                        .file(
                                "stacks/1.yaml",
                                imported("vars: { a: one, b: one, c: { x: 1, y: 1 } }"))
                        .file(
                                "stacks/2.yaml",
                                imported(
                                        "vars: { b: two, c: { y: 2 } }\n"
                                                + "services: [ { name: s, deployGroup: edge, run: { command: [ \"{{ .Vars.a }}-{{ .Vars.b }}-{{ .Vars.c.x }}{{ .Vars.c.y }}\" ] } } ]"));
        assertThat(
                        sample.evaluate(Sample.byDefault())
                                .units()
                                .firstEntry()
                                .getValue()
                                .run()
                                .orElseThrow()
                                .work())
                .hasToString("Command[command=[main-two-12]]");
    }

    @Test
    void aUnitInTwoFilesMustBeMeant() {
        var sample =
                Sample.in(folder)
                        .spec("imports: [ a.yaml ]\nservices: [ { name: s, deployGroup: edge } ]")
                        .file(
                                "a.yaml",
                                imported(
                                        "services: [ { name: s, deployGroup: edge, run: { command: [ x ] } } ]"));
        assertThat(sample.problems())
                .containsExactly(
                        "services.yaml:6:23 DUPLICATE_UNIT a second unit has the name \"s\"; the first is at a.yaml:2:23; say extend: true in one of them if both are one unit");
        sample.spec(
                "imports: [ a.yaml ]\nservices: [ { name: s, extend: true, run: { env: { A: 1 } } } ]");
        assertThat(sample.problems()).isEmpty();
        assertThat(
                        sample.evaluate(Sample.byDefault())
                                .units()
                                .firstEntry()
                                .getValue()
                                .run()
                                .orElseThrow()
                                .env())
                .containsKey("A");
    }

    @Test
    void aCircleOfImportsIsShown() {
        var sample =
                Sample.in(folder)
                        .spec("imports: [ a.yaml ]")
                        .file("a.yaml", imported("imports: [ b.yaml ]"))
                        .file("b.yaml", imported("imports: [ a.yaml ]"));
        assertThat(sample.problems())
                .containsExactly(
                        "b.yaml:2:14 IMPORT_CYCLE importing \"a.yaml\" here makes a circle");
    }

    @Test
    void problemsOfAllFilesComeAtOnceAndWithTheirFile() {
        var sample =
                Sample.in(folder)
                        .spec("imports: [ a.yaml ]\nvars: 1")
                        .file("a.yaml", imported("servces: []"));
        assertThat(sample.problems())
                .containsExactly(
                        "a.yaml:2:3 UNKNOWN_KEY unknown key \"servces\" in spec; did you mean \"services\"?",
                        "services.yaml:6:9 WRONG_TYPE \"vars\" must be a map, not \"1\"");
    }

    @Test
    void aFileThatCannotBeReadDoesNotHideTheOthers() throws IOException {
        var sample =
                Sample.in(folder)
                        .spec("imports: [ \"m/*\" ]")
                        .file("m/a.yaml", "")
                        .file("m/c.yaml", imported("servces: []"));
        Files.write(folder.resolve("m/b.yaml"), new byte[] {(byte) 0xff});
        assertThat(sample.problems())
                .containsExactly(
                        "m/a.yaml:1:1 WRONG_DIALECT the file is empty",
                        "m/b.yaml:1:1 FILE_UNREADABLE the file \"m/b.yaml\" is not a UTF-8 text: the byte 0xff is none here; save it as UTF-8",
                        "m/c.yaml:2:3 UNKNOWN_KEY unknown key \"servces\" in spec; did you mean \"services\"?");
    }

    @Test
    void theRootIsTheNearestFolderWithGit() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        var sample =
                Sample.in(folder.resolve("shop"))
                        .spec("imports: [ ../common.yaml ]")
                        .file("../common.yaml", imported("vars: { a: 1 }"));
        assertThat(sample.problems()).isEmpty();
    }

    @Test
    void aLinkThatLeadsOutIsRefused(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("x.yaml"), imported("vars: { a: 1 }"));
        var sample = Sample.in(folder).spec("imports: [ link.yaml ]");
        Files.createSymbolicLink(folder.resolve("link.yaml"), elsewhere.resolve("x.yaml"));
        assertThat(sample.problems()).singleElement().asString().contains("OUTSIDE_ROOT");
    }

    @Test
    void theStateOfAWorktreeBelongsToTheMainCheckout(@TempDir Path other) throws IOException {
        var main = Files.createDirectories(folder.toRealPath().resolve("shop"));
        var git = Files.createDirectories(folder.resolve(".git/worktrees/w"));
        Files.writeString(git.resolve("commondir"), "../..\n");
        Files.writeString(other.resolve(".git"), "gitdir: " + git.toRealPath() + "\n");
        var sample = Sample.in(other.resolve("shop")).spec("vars: {}");
        assertThat(sample.outline(Sample.byDefault()).home()).isEqualTo(main);
    }
}
