package dev.fairlead.target.local;

import dev.fairlead.document.Digest;
import dev.fairlead.target.local.supervisor.SupervisorMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How a supervisor is started.
///
/// @param command everything before the main class's arguments
/// @param build what it is built from; supervisors of another build hand over
public record SupervisorCommand(List<String> command, String build) {
    // Small and quiet: it sleeps nearly always. Class-data options of this process follow.
    private static final List<String> OPTIONS =
            List.of(
                    "-Xmx96m",
                    "-Xss512k",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-XX:+ExitOnOutOfMemoryError",
                    "--enable-native-access=ALL-UNNAMED");

    public SupervisorCommand {
        command = List.copyOf(command);
    }

    /// With the same `java`, class path and class-data options as this process.
    public static SupervisorCommand likeThisProcess() {
        var classPath = System.getProperty("java.class.path");
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        for (var argument : ProcessHandle.current().info().arguments().orElse(new String[0])) {
            if (isClassData(argument)) {
                command.add(argument);
            }
        }
        command.addAll(List.of("-cp", classPath, SupervisorMain.class.getName()));
        return new SupervisorCommand(command, build(classPath));
    }

    private static boolean isClassData(String argument) {
        return argument.startsWith("-XX:AOTCache=")
                || argument.startsWith("-XX:SharedArchiveFile=")
                || argument.startsWith("-XX:AOTMode=");
    }

    /// Size and time of each jar: a rebuilt one is another build, the same one is not.
    private static String build(String classPath) {
        var parts = new StringBuilder();
        for (var entry : classPath.split(":", -1)) {
            parts.append(entry);
            var file = Path.of(entry);
            if (Files.isRegularFile(file)) {
                try {
                    parts.append(Files.size(file)).append(Files.getLastModifiedTime(file));
                } catch (IOException e) {
                    parts.append('?');
                }
            }
        }
        return Digest.ofText(parts.toString()).substring(0, 16);
    }
}
