package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.read.StackFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// The folder of each unit: its `path`, else `services/<zone>/<name>` where that exists, else the stack's folder.
final class UnitPaths {
    private final StackFiles files;
    private final Path folder;
    private final Map<String, String> byConvention;

    UnitPaths(StackFiles files, Path folder) {
        this.files = files;
        this.folder = folder;
        this.byConvention = found(folder.resolve("services"));
    }

    /// Looked up once: a stack may have a thousand units.
    private static Map<String, String> found(Path services) {
        var found = new HashMap<String, String>();
        if (!Files.isDirectory(services)) {
            return found;
        }
        for (var zone : folders(services)) {
            for (var unit : folders(zone)) {
                found.merge(
                        String.valueOf(unit.getFileName()),
                        "services/" + zone.getFileName() + "/" + unit.getFileName(),
                        (one, other) -> one.compareTo(other) < 0 ? one : other);
            }
        }
        return found;
    }

    private static Iterable<Path> folders(Path in) {
        try (Stream<Path> entries = Files.list(in)) {
            return entries.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            return java.util.List.of();
        }
    }

    String of(UnitModel unit, Problems problems) {
        var own = UnitKeys.PATH.scalar(unit.node());
        if (own.isEmpty()) {
            return byConvention.getOrDefault(unit.name().value(), ".");
        }
        try {
            var path = relative(own.get().printed(), own.get().place());
            if (!files.exists(path, own.get().place())) {
                problems.add(
                        Problem.error(
                                InventoryCode.FILE_UNREADABLE,
                                own.get().place(),
                                "there is no folder \"" + path + "\""));
            }
            return path;
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return ".";
        }
    }

    /// Whether a path of the stack is a folder.
    boolean isFolder(String path) {
        return Files.isDirectory(folder.resolve(path));
    }

    /// Whether a folder lies in another one, wherever links lead.
    boolean isInside(String path, String other) {
        try {
            return folder.resolve(path).toRealPath().startsWith(folder.resolve(other).toRealPath());
        } catch (IOException e) {
            return false;
        }
    }

    /// A path of the stack in its shortest form.
    ///
    /// @throws ProblemException when it leads outside the root
    String relative(String path, Place place) {
        return files.relative(path, place);
    }
}
