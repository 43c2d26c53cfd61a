package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.target.local.state.Durable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Finds the program of a command and checks its folder before anything is started: the system gives one reason for both.
final class Commands {
    private Commands() {}

    /// @param environment of the process: its PATH counts, not ours
    static Found find(List<Marked> command, Path folder, Map<String, String> environment) {
        if (!Files.isDirectory(folder)) {
            return new Found.Missing(folderMissing(folder));
        }
        var program = command.getFirst().reveal();
        var path = environment.getOrDefault("PATH", "");
        for (var candidate : candidates(program, folder, path)) {
            if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                var resolved = new ArrayList<String>();
                resolved.add(candidate.toString());
                command.stream().skip(1).map(Marked::reveal).forEach(resolved::add);
                return new Found.Program(resolved);
            }
        }
        return new Found.Missing(commandMissing(command.getFirst(), folder, path));
    }

    private static List<Path> candidates(String program, Path folder, String path) {
        if (program.contains("/")) {
            return List.of(folder.resolve(program).normalize());
        }
        var candidates = new ArrayList<Path>();
        for (var entry : path.split(":", -1)) {
            candidates.add(folder.resolve(entry).resolve(program));
        }
        return candidates;
    }

    private static Cause folderMissing(Path folder) {
        var parent = folder;
        while (parent.getParent() != null && !Files.isDirectory(parent)) {
            parent = parent.getParent();
        }
        var missing = parent.relativize(folder).getName(0).toString();
        if (Files.exists(parent.resolve(missing))) {
            return new Cause(
                    CauseCode.FOLDER_MISSING,
                    parent.resolve(missing) + " is a file, not a folder",
                    List.of("correct `path` or `run.workingDir`"),
                    List.of());
        }
        var advice = new ArrayList<String>();
        Nearest.hint(missing, names(parent)).ifPresent(advice::add);
        advice.add("correct `path` or `run.workingDir`");
        return new Cause(
                CauseCode.FOLDER_MISSING,
                "the folder %s does not exist: there is no \"%s\" in %s"
                        .formatted(folder, missing, parent),
                advice,
                List.of());
    }

    private static Cause commandMissing(Marked program, Path folder, String path) {
        var advice = new ArrayList<String>();
        if (program.reveal().contains("/")) {
            var file = folder.resolve(program.reveal()).normalize();
            var there = Files.exists(file);
            var within = file.getParent();
            if (!there && within != null) {
                Nearest.hint(file.getFileName().toString(), names(within)).ifPresent(advice::add);
            }
            advice.add(
                    there && !Files.isDirectory(file)
                            ? "make it executable: chmod +x " + program
                            : "the path is relative to the unit's folder " + folder);
            return new Cause(
                    CauseCode.COMMAND_MISSING,
                    Files.isDirectory(file)
                            ? program + " is a folder, not a program"
                            : there
                                    ? program + " is not an executable file"
                                    : missing(program, file),
                    advice,
                    List.of());
        }
        var known = new TreeSet<String>();
        for (var entry : path.split(":", -1)) {
            known.addAll(names(folder.resolve(entry)));
        }
        Nearest.hint(program.reveal(), known).ifPresent(advice::add);
        advice.add("install it, or name it with its path relative to the unit's folder");
        return new Cause(
                CauseCode.COMMAND_MISSING,
                "there is no command \"" + program + "\" on the PATH",
                advice,
                List.of("PATH=" + path));
    }

    private static String missing(Marked program, Path file) {
        try {
            return Files.isSymbolicLink(file)
                    ? "%s is a link to %s, which is not there"
                            .formatted(program, Files.readSymbolicLink(file))
                    : "there is no file " + program;
        } catch (IOException e) {
            return "there is no file " + program; // not any more
        }
    }

    private static List<String> names(Path folder) {
        return Files.isReadable(folder)
                ? Durable.list(folder).stream().map(path -> path.getFileName().toString()).toList()
                : List.of();
    }
}
