package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Looks for a secret's value where it must not be.
final class Leaks {
    private static final List<List<String>> COMMANDS =
            List.of(
                    List.of("validate"),
                    List.of("render"),
                    List.of("render", "-o", "json"),
                    List.of("plan"),
                    List.of("plan", "-o", "json"),
                    List.of("status"),
                    List.of("status", "-o", "json"),
                    List.of("explain"),
                    List.of("events"),
                    List.of("events", "-o", "json"),
                    List.of("-v", "up", "--detach"));

    private Leaks() {}

    /// The value, plain or in base64, is in no command's output and in no file but one, which only its owner can read.
    static void assertNone(Sandbox sandbox, Fairlead fairlead, String value) {
        assertThat(value).as("a value worth looking for").hasSizeGreaterThanOrEqualTo(12);
        for (var command : COMMANDS) {
            var shown = fairlead.run(command.toArray(String[]::new));
            assertThat(forms(value)).noneSatisfy(form -> assertThat(shown.all()).contains(form));
        }
        var holders =
                sandbox.files().keySet().stream()
                        .filter(file -> holds(sandbox, file, value))
                        .toList();
        assertThat(holders)
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.startsWith(".fairlead")).as("%s", file).isTrue();
                    assertThat(permissions(sandbox.folder().resolve(file))).isEqualTo("rw-------");
                });
    }

    private static boolean holds(Sandbox sandbox, Path file, String value) {
        try {
            var text =
                    Files.readString(sandbox.folder().resolve(file), StandardCharsets.ISO_8859_1);
            return forms(value).stream().anyMatch(text::contains);
        } catch (NoSuchFileException e) {
            return false; // a running database deletes files of its own
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> forms(String value) {
        var forms = new ArrayList<>(List.of(value));
        forms.add(
                Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(value.getBytes(StandardCharsets.UTF_8)));
        return forms;
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
