package dev.fairlead.cli.tool;

import dev.fairlead.cli.CliCode;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.read.Glob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files that `template render` reads, named as they were typed.
///
/// @param folder what relative paths are relative to
record TemplateFiles(Path folder) {
    static TemplateFiles in(Path folder) {
        return new TemplateFiles(folder);
    }

    /// A file of text.
    Source source(Path path) throws IOException {
        var file = folder.resolve(path);
        if (!Files.isRegularFile(file)) {
            throw Problem.error(CliCode.FILE_NOT_FOUND, path + " is not a file").thrown();
        }
        return new Source(path.toString(), Files.readString(file));
    }

    /// The template itself by its file name, or the `*.tpl` of a folder by their paths in it.
    SortedMap<String, Source> templates(Path given) throws IOException {
        var found = new TreeMap<String, Source>();
        var root = folder.resolve(given);
        if (!Files.isDirectory(root)) {
            found.put(String.valueOf(given.getFileName()), source(given));
            return found;
        }
        for (var file : below(root)) {
            var name = root.relativize(file).toString();
            if (name.endsWith(".tpl")) {
                found.put(name, source(given.resolve(name)));
            }
        }
        if (found.isEmpty()) {
            throw Problem.error(CliCode.FILE_NOT_FOUND, "there is no *.tpl in " + given).thrown();
        }
        return found;
    }

    /// The files that globs match, by name; a glob without a match is a mistake.
    List<Source> matching(List<String> globs) throws IOException {
        var found = new TreeMap<String, Source>();
        for (var text : globs) {
            var glob = Glob.parse(text, new Source("--partials", text).at(1, 1));
            var root = folder.resolve(glob.folder());
            int before = found.size();
            for (var file : Files.isDirectory(root) ? below(root) : List.<Path>of()) {
                var name = folder.relativize(file).toString();
                if (glob.matches(name)) {
                    found.put(name, source(Path.of(name)));
                }
            }
            if (found.size() == before) {
                throw Problem.error(InventoryCode.GLOB_NO_MATCH, "no file matches \"" + text + "\"")
                        .thrown();
            }
        }
        return new ArrayList<>(found.values());
    }

    private static List<Path> below(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
