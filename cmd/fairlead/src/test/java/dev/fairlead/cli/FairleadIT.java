package dev.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.document.Json;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command as people run it: the launcher, the distribution, real processes.
class FairleadIT {
    private static final String STACK =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: ServiceStack
            metadata: { name: small }
            spec:
              environments:
                dev: { target: local, mode: dev }
              infrastructure:
                - name: files
                  local: { builtin: static, dir: site }
              services:
                - name: worker
                  deployGroup: internal
                  run:
                    command: [ sh, -c, "echo hello; exec sleep 600" ]
                    env: { FILES: "{{ .Units.files.url }}" }
            """;

    @TempDir Path folder;

    @BeforeEach
    void writeStack() throws IOException {
        Files.writeString(folder.resolve("services.yaml"), STACK);
        Files.createDirectories(folder.resolve("site"));
        Files.writeString(folder.resolve("site/index.html"), "<h1>small</h1>");
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        var _ = run("down", "--volumes");
    }

    @Test
    @Covers("DEP-02")
    void upBringsEverythingUpAndAgainChangesNothingAndDownStopsIt()
            throws IOException, InterruptedException {
        var up = run("up", "--detach");
        assertThat(up.err()).contains("ready    worker (internal)", "finished done: files, worker");
        assertThat(up.code()).isZero();
        assertThat(up.out()).startsWith("files  http://127.0.0.1:");
        assertThat(run("status", "-o", "json").json()).containsEntry("state", "ready");
        assertThat(run("up", "--detach").err())
                .isEqualTo("No change: small/dev is as the stack says.\n");
        assertThat(run("logs", "worker").out()).isEqualTo("hello\n");
        assertThat(run("events", "-o", "json").out().lines().map(Json::readObject))
                .anySatisfy(event ->
                        assertThat(event)
                                .containsEntry("kind", "ready")
                                .containsEntry("unit", "worker"));
        var down = run("down");
        assertThat(down.out()).contains("stopped: files, worker", "left: .fairlead");
        assertThat(run("status", "-o", "json").json()).containsEntry("state", "stopped");
    }

    @Test
    void ofManyUnitsAFewAreNamed() throws IOException, InterruptedException {
        var units = new StringBuilder();
        for (int i = 10; i < 35; i++) {
            units.append("    - { name: site-%d, local: { builtin: static, dir: site } }\n".formatted(i));
        }
        Files.writeString(
                folder.resolve("services.yaml"),
                STACK.substring(0, STACK.indexOf("    - name: files")) + units);
        assertThat(run("up", "--detach", "-q").code()).isZero();
        assertThat(run("down").out().replace("\n  ", " "))
                .contains("stopped: site-10, ", ", site-19 and 15 others\n");
    }

    @Test
    void theBuiltHelpIsWhatTheCommandsSay() throws IOException, InterruptedException {
        var said = Typed.in(folder).run("--help");
        assertThat(run("--help").out()).isEqualTo(said.out()).contains("Usage: fairlead");
        assertThat(run("-h").out()).isEqualTo(said.out());
    }

    @Test
    void aSavedPlanIsAppliedOnlyWhileItHolds() throws IOException, InterruptedException {
        var saved = run("plan", "--out", "dev.plan");
        assertThat(saved.code()).isZero();
        assertThat(saved.err()).contains("Saved in dev.plan; `fairlead apply dev.plan`");
        var file = folder.resolve("services.yaml");
        Files.writeString(file, Files.readString(file).replace("echo hello", "echo changed"));
        var stale = run("apply", "dev.plan");
        assertThat(stale.code()).isEqualTo(5);
        assertThat(stale.err())
                .contains(
                        "error[STALE_PLAN]",
                        "worker (create): command was [",
                        "echo hello",
                        "echo changed");
        Files.writeString(file, STACK);
        assertThat(run("apply", "dev.plan").code()).isZero();
    }

    @Test
    void aUnitThatCannotStartEndsWith4AndExplainNamesIt() throws IOException, InterruptedException {
        var file = folder.resolve("services.yaml");
        Files.writeString(
                file, Files.readString(file).replace("[ sh, -c", "[ no-such-program, -c"));
        var up = run("up", "--detach");
        assertThat(up.code()).isEqualTo(4);
        assertThat(up.err())
                .contains("error[COMMAND_MISSING] services.yaml:", "no-such-program", "hint: ");
        assertThat(up.err() + up.out()).doesNotContain("Exception", "\tat ");
        assertThat(run("explain", "worker").out()).contains("worker[COMMAND_MISSING]");
    }

    private Typed.Answer run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Repository.root().resolve("fairlead").toString());
        command.addAll(List.of(arguments));
        var out = folder.resolveSibling(folder.getFileName() + ".out");
        var err = folder.resolveSibling(folder.getFileName() + ".err");
        var process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        Map<String, String> environment = process.environment();
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        var running = process.start();
        assertThat(running.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Typed.Answer(running.exitValue(), Files.readString(out), Files.readString(err));
    }
}
