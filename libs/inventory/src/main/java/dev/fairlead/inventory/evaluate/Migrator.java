package dev.fairlead.inventory.evaluate;

import dev.fairlead.inventory.image.Recipe;
import dev.fairlead.inventory.unit.UnitName;
import java.util.List;
import java.util.stream.Stream;

/// A migrations unit that runs as a Job: where in its image the programs and the files lie, and what is run of them.
final class Migrator {
    private static final String PROGRAMS = "/fairlead";
    private static final String FILES = "/migrations";

    /// Longer than anybody waits; a container that ends then is started again.
    private static final String PATIENCE = "24h";

    private static final List<String> JAVA =
            List.of(
                    "java",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    PROGRAMS + "/fairlead.jar",
                    "dev.fairlead.cli.Main",
                    "migrate");

    private Migrator() {}

    /// Runs what is pending.
    static List<String> up(UnitName unit) {
        return command(unit, Stream.of("up"));
    }

    /// Waits for exactly these migrations.
    static List<String> await(UnitName unit) {
        return command(unit, Stream.of("await", "--wait", PATIENCE));
    }

    private static List<String> command(UnitName unit, Stream<String> verb) {
        var place = Stream.of("--owner", unit.value(), "--source", folder(unit));
        return Stream.of(JAVA.stream(), verb, place).flatMap(part -> part).toList();
    }

    private static String folder(UnitName unit) {
        return FILES + "/" + unit;
    }

    /// What its image has beside what the stack says of it.
    ///
    /// @param source the folder of the files, relative to the stack's
    static List<Recipe.Layer> layers(UnitName unit, String source) {
        return List.of(
                new Recipe.Layer(Recipe.Layer.FAIRLEAD, PROGRAMS, false),
                new Recipe.Layer(source + "/**", folder(unit), false));
    }
}
