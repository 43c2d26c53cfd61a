package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.tests.system.world.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The folder `.fairlead`: whose it is, and what is said when it is none.
class StateFolderIT {
    private static final Set<PosixFilePermission> OTHERS =
            EnumSet.complementOf(
                    EnumSet.of(
                            PosixFilePermission.OWNER_READ,
                            PosixFilePermission.OWNER_WRITE,
                            PosixFilePermission.OWNER_EXECUTE));

    /// Whatever leaves a file there: a database, a task, a build, a probe, files that are served.
    private static final String STACK =
            """
            secrets: { token: { generate: 16 } }
            infrastructure:
              - { name: postgres, local: { builtin: postgres, databases: [ trial ] } }
              - { name: once, local: { builtin: task, command: [ sh, -c, "echo ran" ] } }
            services:
              - name: api
                deployGroup: internal
                run:
                  command: [ sh, -c, "echo up; exec sleep 1000" ]
                  env: { TOKEN: "{{ .Secrets.token }}" }
                  ready: { exec: [ sh, -c, "echo probed" ] }
                dev: { watch: [ "*.txt" ], build: [ sh, -c, "echo built" ] }
              - name: page
                deployGroup: frontend
                run: { builtin: static, dir: public, ports: { http: auto } }
            """;

    @Test
    void nothingInItIsForAnybodyButItsOwner() throws IOException {
        try (var sandbox = Sandbox.of(STACK)) {
            sandbox.write("public/index.html", "<h1>hello</h1>");
            sandbox.write("input.txt", "one");
            var state = Files.createDirectory(sandbox.folder().resolve(".fairlead"));
            Files.setPosixFilePermissions(state, EnumSet.allOf(PosixFilePermission.class));

            sandbox.fairlead().done("up", "--detach");

            assertThat(openToOthers(state)).isEmpty();
            sandbox.fairlead().done("down");
            assertThat(openToOthers(state)).isEmpty();
        }
    }

    private static List<String> openToOthers(Path state) throws IOException {
        try (var paths = Files.walk(state)) {
            return paths.filter(StateFolderIT::isOpenToOthers)
                    .map(path -> state.relativize(path).toString())
                    .toList();
        }
    }

    private static boolean isOpenToOthers(Path path) {
        try {
            return Files.getPosixFilePermissions(path).stream().anyMatch(OTHERS::contains);
        } catch (IOException e) {
            return false; // a running stack deletes files of its own
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"up --detach", "plan", "status", "explain", "logs", "events", "down"})
    void aFileOfThatNameIsNamedItself(String command) {
        try (var sandbox = Sandbox.of(STACK)) {
            sandbox.write(".fairlead", "in the way");

            var told = sandbox.fairlead().run(command.split(" ")).expect(3);

            assertThat(told.err())
                    .contains("error[STATE_DAMAGED] " + sandbox.folder() + "/.fairlead is a file")
                    .contains("hint: move the file away");
        }
    }

    @Test
    void aWorktreeSaysThatItsStateIsTheMainCheckouts() {
        var spec =
                "services: [ { name: api, deployGroup: internal, run: { command: [ sleep, \"1000\" ] } } ]\n";
        try (var sandbox = Sandbox.of(spec)) {
            var git =
                    "set -e; git init -q; git add services.yaml;"
                            + " git -c user.name=a -c user.email=a@b commit -qm one;"
                            + " git worktree add -q ../outputs/tree; cd ../outputs/tree; \"$0\" \"$@\"";
            var state = sandbox.folder().resolve(".fairlead");
            var fairlead = sandbox.fairlead();

            var up = fairlead.shell(git, "up", "--detach").expect(0);

            var note = "note: this is a git worktree: its state is the main checkout's, " + state;
            assertThat(up.err()).contains(note);
            assertThat(state).isDirectory();
            var there = "cd ../outputs/tree; \"$0\" \"$@\"";
            assertThat(fairlead.shell(there, "status").expect(0).out()).contains(note);
            assertThat(fairlead.done("status").out()).contains("api").doesNotContain("note:");
            fairlead.shell(there, "down").expect(0);
        }
    }
}
