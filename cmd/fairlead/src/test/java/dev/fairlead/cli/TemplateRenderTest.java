package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateRenderTest {
    @TempDir Path folder;

    @BeforeEach
    void writeTemplates() throws IOException {
        Files.createDirectories(folder.resolve("pages/sub"));
        Files.createDirectories(folder.resolve("parts"));
        Files.writeString(folder.resolve("pages/a.html.tpl"), "{{ include \"title\" . }}\n");
        Files.writeString(folder.resolve("pages/sub/b.txt.tpl"), "{{ .list | toJson }}\n");
        Files.writeString(
                folder.resolve("parts/title.tpl"),
                "{{ define \"title\" }}<h1>{{ .title }}</h1>{{ end }}");
        Files.writeString(folder.resolve("values.yaml"), "title: Hello\nlist: [ 1, two ]\n");
    }

    @Test
    @Covers("TPL-01")
    void rendersOneFileWithValuesAndPartials() {
        var answer =
                Typed.in(folder)
                        .run(
                                "template",
                                "render",
                                "pages/a.html.tpl",
                                "--values",
                                "values.yaml",
                                "--partials",
                                "parts/*.tpl");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).isEqualTo("<h1>Hello</h1>\n");
    }

    @Test
    void rendersAFolderIntoAFolder() throws IOException {
        var answer =
                Typed.in(folder)
                        .run(
                                "template",
                                "render",
                                "pages",
                                "--values",
                                "values.yaml",
                                "--partials",
                                "parts/*.tpl",
                                "--out",
                                "built");
        assertThat(answer.code()).isZero();
        assertThat(Files.readString(folder.resolve("built/a.html"))).isEqualTo("<h1>Hello</h1>\n");
        assertThat(Files.readString(folder.resolve("built/sub/b.txt"))).isEqualTo("[1,\"two\"]\n");
    }

    @Test
    @Covers("TPL-04")
    void anErrorNamesPlaceAndCause() {
        var answer = Typed.in(folder).run("template", "render", "pages/a.html.tpl");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .contains("pages/a.html.tpl:1:", "title")
                .doesNotContain("Exception");
    }

    @Test
    void absentKeysAreGoverned() throws IOException {
        Files.writeString(folder.resolve("x.tpl"), "{{ .none }}");
        assertThat(Typed.in(folder).run("template", "render", "x.tpl").code()).isEqualTo(1);
        assertThat(
                        Typed.in(folder)
                                .run("template", "render", "x.tpl", "--missing-key", "default")
                                .out())
                .isEqualTo("<no value>");
    }

    @Test
    @Covers("TPL-04")
    void aGlobWithoutAMatchAndOneThatIsNotWellFormedAreErrors() {
        var run = Typed.in(folder);
        assertThat(run.run("template", "render", "pages", "--partials", "none/*.tpl").err())
                .contains("GLOB_NO_MATCH", "none/*.tpl");
        assertThat(run.run("template", "render", "pages", "--partials", "parts/[*.tpl").err())
                .contains("GLOB_SYNTAX");
    }

    @Test
    void whatIsNotDueIsSaidToBeSo() {
        var answer = Typed.in(folder).run("template", "render", "pages", "--profile", "codexctl");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("NOT_YET");
    }

    @Test
    @Covers("TPL-04")
    void whatIsWrongWithPartialsValuesAndTemplatesIsToldInOnePass() throws IOException {
        Files.writeString(folder.resolve("parts/broken.tpl"), "{{ define \"b\" }}{{ end");
        Files.writeString(folder.resolve("pages/a.html.tpl"), "{{ include \"titel\" . }}\n");
        Files.writeString(folder.resolve("values.yaml"), "a: [\n");
        var answer =
                Typed.in(folder)
                        .run(
                                "template",
                                "render",
                                "pages",
                                "--values",
                                "values.yaml",
                                "--partials",
                                "parts/*.tpl");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .contains("parts/broken.tpl:1:")
                .contains("pages/a.html.tpl:1:")
                .contains("did you mean \"title\"?")
                .contains("values.yaml:");
    }
}
