package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Repository;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// What README shows works as it is written there.
class ReadmeIT {
    private static final Pattern COMMAND =
            Pattern.compile("^\\./fairlead ([^#\\n]+)", Pattern.MULTILINE);
    private static final Pattern STACK = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final String EXAMPLE = "examples/guestbook";

    private final String readme = read();

    @Test
    @Covers("DOC-01")
    void itsCommandsRunInItsOrder() {
        var commands =
                COMMAND.matcher(readme).results().map(match -> match.group(1).strip()).toList();
        assertThat(commands).first().isEqualTo("up " + EXAMPLE);
        try (var sandbox = Sandbox.guestbook()) {
            for (var command : commands) {
                // The example is used in a copy; without a terminal `up` would follow the logs for
                // ever.
                var words = new ArrayList<>(List.of(command.split(" ")));
                words.remove(EXAMPLE);
                if (command.startsWith("up ")) {
                    words.add("--detach");
                }
                assertThat(sandbox.fairlead().run(words.toArray(String[]::new)).expect(0).all())
                        .as(command)
                        .isNotBlank();
                if (command.startsWith("up ")) {
                    assertThat(Status.of(sandbox.fairlead()).units()).hasSize(6);
                }
            }
        }
    }

    @Test
    void itsStackIsAStack() {
        var stack = STACK.matcher(readme);
        assertThat(stack.find()).isTrue();
        try (var sandbox = Sandbox.of("")) {
            sandbox.write("services.yaml", stack.group(1));
            sandbox.write("web/index.html", "<p>notes</p>");
            sandbox.fairlead().run("validate").expect(0);
        }
    }

    private static String read() {
        try {
            return Files.readString(Repository.root().resolve("README.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
