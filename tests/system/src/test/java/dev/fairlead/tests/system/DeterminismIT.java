package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Sandbox;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeterminismIT {
    private static final List<List<String>> COMMANDS =
            List.of(
                    List.of("render"),
                    List.of("render", "-o", "json"),
                    List.of("render", "-e", "staging"),
                    List.of("plan"),
                    List.of("plan", "-o", "json"),
                    List.of("plan", "-o", "json", "-e", "ai", "--slot", "2"));

    @Test
    @Covers("DEP-05")
    void planAndRenderOfOneInputAreTheSameBytesTwiceAndInTwoFolders() {
        try (var here = Sandbox.guestbook();
                var there = Sandbox.guestbook()) {
            for (var command : COMMANDS) {
                var arguments = command.toArray(String[]::new);
                var first = here.fairlead().done(arguments).out();

                assertThat(first).isNotBlank();
                assertThat(here.fairlead().done(arguments).out())
                        .as("again: %s", command)
                        .isEqualTo(first);
                assertThat(
                                there.fairlead()
                                        .with("LANG", "de_DE.UTF-8")
                                        .with("TZ", "Asia/Tokyo")
                                        .done(arguments)
                                        .out())
                        .as("elsewhere: %s", command)
                        .isEqualTo(first);
            }
            assertThat(here.files().keySet())
                    .as("looking writes nothing")
                    .isEqualTo(here.sources());
        }
    }
}
