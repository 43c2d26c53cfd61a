package dev.fairlead.tests.system.world;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Programs of these tests that a stack runs: classes with a `main`.
public final class Programs {
    private Programs() {}

    /// The words of a `command:` in YAML: `[ java, … ]`.
    ///
    /// @param needs classes of the libraries that the program uses
    public static String command(Class<?> program, String[] arguments, Class<?>... needs) {
        var classes =
                Stream.concat(Stream.of(program), Arrays.stream(needs))
                        .map(Programs::origin)
                        .distinct()
                        .collect(Collectors.joining(":"));
        return "[ java, -XX:TieredStopAtLevel=1, -XX:+UseSerialGC, -cp, \"%s\", %s, \"%s\" ]"
                .formatted(classes, program.getName(), String.join("\", \"", arguments));
    }

    private static String origin(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }
}
