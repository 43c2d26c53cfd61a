package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunTest {
    @TempDir Path folder;

    @Test
    void anUnknownCommandNamesTheNearOneAndEndsWith1() {
        var answer = Typed.in(folder).run("verison");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .isEqualTo(
                        """
                        error[USAGE] unknown command "verison"
                          hint: did you mean "version"?
                        """);
    }

    @Test
    void anUnknownCommandIsFoundBesideTheNameOfAKnownOneToo() {
        assertThat(Typed.in(folder).run("doctro", "version").err())
                .contains("unknown command \"doctro\"", "did you mean \"doctor\"?");
    }

    @Test
    void anUnknownFlagNamesTheNearOne() {
        var answer = Typed.in(folder).run("version", "--slto=1");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("unknown flag --slto", "did you mean \"--slot\"?");
    }

    @Test
    void aValueOfTheWrongFormIsAUsageErrorWithoutAStackTrace() {
        var answer = Typed.in(folder).run("version", "--slot", "x");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err())
                .contains("'--slot': 'x' is not a whole number")
                .doesNotContain("Exception", "\tat ");
        assertThat(Typed.in(folder).run("plan", "--set", "title").err())
                .contains("value for option '--set' (K=V) should be in KEY=VALUE format");
    }

    @Test
    void theBareNameAsksForACommand() {
        var answer = Typed.in(folder).run();
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("error[USAGE] no command is given", "fairlead --help");
    }

    @Test
    void theFlagVersionSaysWhatTheCommandSays() {
        var answer = Typed.in(folder).run("--version");
        assertThat(answer.code()).isZero();
        assertThat(answer.out())
                .startsWith("fairlead ")
                .isEqualTo(Typed.in(folder).run("version").out());
    }

    @Test
    void aFailureIsAnObjectWhereJsonIsAskedFor() {
        var answer = Typed.in(folder).run("verison", "-o", "json");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).isEmpty();
        assertThat(answer.json()).containsEntry("version", 1);
        assertThat(answer.json().get("problems"))
                .asInstanceOf(LIST)
                .singleElement()
                .asInstanceOf(MAP)
                .containsEntry("code", "USAGE")
                .containsEntry("severity", "error")
                .containsEntry("what", "unknown command \"verison\"")
                .containsEntry("hint", "did you mean \"version\"?");
    }

    @Test
    void aFlagComesBeforeItsVariableAndThatBeforeTheDefault() {
        assertThat(Typed.in(folder).with("FAIRLEAD_OUTPUT", "json").run("version").json())
                .containsKey("fairlead");
        assertThat(
                        Typed.in(folder)
                                .with("FAIRLEAD_OUTPUT", "json")
                                .run("version", "-o", "text")
                                .out())
                .startsWith("fairlead ");
        assertThat(Typed.in(folder).run("-o", "json", "version").json()).containsKey("fairlead");
    }

    @Test
    void everyCommandHasHelpWithADescriptionAndAnExample() {
        for (var name : Commands.names()) {
            var answer = Typed.in(folder).run(name, "--help");
            assertThat(answer.code()).as(name).isZero();
            assertThat(answer.out())
                    .as(name)
                    .startsWith("Usage: fairlead " + name)
                    .contains("\nExample:\n  ");
            assertThat(answer.out().lines().map(String::length)).as(name).allMatch(n -> n <= 100);
        }
    }

    @Test
    void completionIsAScriptThatKnowsEveryCommand() {
        var script = Typed.in(folder).run("completion", "bash").out();
        Commands.names().forEach(name -> assertThat(script).contains(name));
    }

    @Test
    void aDefectEndsWith70AndOneParagraphAndAReportWithoutValues() throws IOException {
        Files.createDirectories(folder.resolve(".fairlead"));
        var err = new ByteArrayOutputStream();
        int code =
                Typed.in(folder)
                        .run(new Broken(), Typed.stream(err), "version", "--set", "k=hunter2");
        assertThat(code).isEqualTo(70);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains(
                        "error[DEFECT] this is a defect of Fairlead",
                        ".fairlead/reports/",
                        "hint: please report")
                .doesNotContain("IllegalState", "\tat ", "hunter2");
        try (var reports = Files.list(folder.resolve(".fairlead/reports"))) {
            var report = Files.readString(reports.findFirst().orElseThrow());
            assertThat(report)
                    .contains(
                            "command: fairlead version --set …",
                            "IllegalStateException",
                            "VersionCommand")
                    .doesNotContain("hunter2");
        }
    }

    /// A stream that breaks in a way that nobody foresaw.
    private static final class Broken extends PrintStream {
        Broken() {
            super(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        }

        @Override
        public void println(String line) {
            throw new IllegalStateException("password is hunter2");
        }
    }
}
