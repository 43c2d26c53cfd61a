package dev.fairlead.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The file that a defect leaves behind: where in the code it happened and on which machine.
///
/// It holds no text that could come from a stack: of exceptions only their types and frames, not their messages, and of
/// the command line only the command and the names of its flags. So it can be sent to strangers.
final class DefectReport {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Shell shell;
    private final List<String> commands;

    /// @param commands the known names: other words of the command line are left out
    DefectReport(Shell shell, List<String> commands) {
        this.shell = shell;
        this.commands = commands;
    }

    /// Writes the report into the state folder when there is one, else into the machine's folder for temporary files;
    /// empty when even that is impossible.
    Optional<Path> write(Throwable defect, String[] arguments) {
        var state = shell.folder().resolve(".fairlead");
        try {
            var folder =
                    Files.isDirectory(state)
                            ? Files.createDirectories(state.resolve("reports"), owner("rwx------"))
                            : Path.of(System.getProperty("java.io.tmpdir"));
            var file =
                    folder.resolve(
                            "fairlead-defect-" + STAMP.format(shell.clock().instant()) + ".txt");
            Files.createFile(file, owner("rw-------"));
            return Optional.of(Files.writeString(file, text(defect, arguments)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static FileAttribute<?> owner(String rights) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights));
    }

    String text(Throwable defect, String[] arguments) {
        var text = new StringBuilder();
        text.append("fairlead ").append(Version.fairlead());
        text.append(", java ").append(System.getProperty("java.vm.version"));
        text.append(", ").append(System.getProperty("os.name"));
        text.append(' ').append(System.getProperty("os.version"));
        text.append(' ').append(System.getProperty("os.arch")).append('\n');
        text.append("command: ").append(command(arguments)).append("\n\n");
        for (var cause = defect; cause != null; cause = cause.getCause()) {
            text.append(cause.getClass().getName()).append('\n');
            for (var frame : cause.getStackTrace()) {
                text.append("    at ").append(frame).append('\n');
            }
        }
        return text.toString();
    }

    private String command(String[] arguments) {
        return Arrays.stream(arguments)
                .map(argument ->
                        argument.startsWith("-")
                                ? argument.replaceFirst("=.*", "=…")
                                        .replaceFirst("^(-[a-zA-Z]).+", "$1…")
                                : commands.contains(argument) ? argument : "…")
                .reduce("fairlead", (line, word) -> line + " " + word);
    }
}
