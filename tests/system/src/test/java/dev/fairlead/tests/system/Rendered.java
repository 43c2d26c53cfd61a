package dev.fairlead.tests.system;

import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Status;
import java.util.stream.Stream;

/// What `fairlead render --show-secrets` says that a unit gets.
final class Rendered {
    private Rendered() {}

    /// One variable of a unit's environment.
    static String variable(Fairlead fairlead, String unit, String name, String... flags) {
        var command =
                Stream.concat(Stream.of("render", "--show-secrets", "-o", "json"), Stream.of(flags))
                        .toArray(String[]::new);
        for (var process : Status.objects(fairlead.done(command).json().get("processes"))) {
            if (unit.equals(process.get("unit"))) {
                return String.valueOf(Status.object(process.get("env")).get(name));
            }
        }
        throw new AssertionError("render names no process of " + unit);
    }
}
