package dev.fairlead.inventory.cluster;

import dev.fairlead.inventory.unit.Run;
import java.util.ArrayList;
import java.util.List;

/// How the pods of a unit run in mode dev: by its `dev` block, on the workspace.
///
/// @param fairlead the image that brings Fairlead into the pod
/// @param run its command, folder, ports and `dev` block, as on local
public record PodDev(String fairlead, Run run) {
    /// The image of `spec.images` that holds Fairlead, in the folder {@link #HOME}.
    public static final String IMAGE = "fairlead";

    /// The class that it starts with.
    public static final String MAIN = "dev.fairlead.cli.Main";

    /// The options of its Java.
    public static final List<String> OPTIONS =
            List.of(
                    "-Xmx96m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    /// Where that image has it: `jre` and `lib`.
    public static final String HOME = "/opt/fairlead";

    /// The command `fairlead` as that image has it, small: it waits nearly always.
    public static List<String> command(String... words) {
        var command = new ArrayList<String>();
        command.add(HOME + "/jre/bin/java");
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", HOME + "/lib/fairlead.jar", MAIN));
        command.addAll(List.of(words));
        return command;
    }
}
