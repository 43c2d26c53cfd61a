package dev.fairlead.inventory.image;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Digest;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.read.FileTree;
import dev.fairlead.inventory.read.GitIgnore;
import dev.fairlead.inventory.read.Glob;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What goes into an image: the files of its context that git does not ignore, and how it is made. The same on every
/// machine that has the same files.
public final class Inputs {
    private static final int CHUNK = 1 << 16;

    private Inputs() {}

    /// The files of a Dockerfile's context, by their path in it.
    public static SortedMap<String, Path> context(Recipe.Dockerfile recipe) throws IOException {
        return FileTree.notIgnored(recipe.root(), recipe.context());
    }

    /// The files of a layer, by their path below its folder of the image.
    public static SortedMap<String, Path> layer(Recipe.Layered recipe, Recipe.Layer layer)
            throws IOException {
        if (layer.files().equals(Recipe.Layer.FAIRLEAD)) {
            return OwnPrograms.files();
        }
        var glob = Glob.of(layer.files());
        var folder = glob.folder().isEmpty() ? recipe.root() : recipe.root().resolve(glob.folder());
        if (layer.tracked()) {
            return FileTree.notIgnored(recipe.root(), folder.normalize());
        }
        var files = new TreeMap<String, Path>();
        FileTree.matching(recipe.root(), glob)
                .values()
                .forEach(file ->
                        files.put(
                                folder.normalize().relativize(file).toString().replace('\\', '/'),
                                file));
        return files;
    }

    /// The digest of all of it.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException with the place, when something cannot be read
    public static String digest(Recipe recipe, Place place) {
        try {
            var tree = new LinkedHashMap<String, Object>();
            switch (recipe) {
                case Recipe.Dockerfile dockerfile -> describe(dockerfile, tree);
                case Recipe.Layered layered -> describe(layered, tree);
            }
            return Digest.ofTree(tree);
        } catch (IOException e) {
            throw Problem.error(
                            InventoryCode.FILE_UNREADABLE,
                            place,
                            "what the image is made of cannot be read: " + e.getMessage())
                    .thrown();
        }
    }

    private static void describe(Recipe.Dockerfile recipe, Map<String, Object> tree)
            throws IOException {
        tree.put("dockerfile", digest(recipe.file()));
        recipe.target().ifPresent(target -> tree.put("target", target));
        tree.put("arguments", recipe.arguments());
        tree.put("files", digests(context(recipe)));
    }

    // What a command makes follows from what it is made of; files that are there are what they are.
    private static void describe(Recipe.Layered recipe, Map<String, Object> tree)
            throws IOException {
        recipe.base().ifPresent(base -> tree.put("base", base));
        tree.put("build", recipe.build());
        tree.put("command", recipe.command());
        var layers = new TreeMap<String, Object>();
        for (int i = 0; i < recipe.layers().size(); i++) {
            var layer = recipe.layers().get(i);
            var content = new LinkedHashMap<String, Object>();
            content.put("files", layer.files());
            content.put("into", layer.into());
            content.put("content", digests(sources(recipe, layer)));
            layers.put(String.valueOf(i), content);
        }
        tree.put("layers", layers);
        if (!recipe.build().isEmpty()) {
            tree.put("files", digests(FileTree.notIgnored(recipe.root(), recipe.context())));
        }
    }

    private static SortedMap<String, Path> sources(Recipe.Layered recipe, Recipe.Layer layer)
            throws IOException {
        var files = layer(recipe, layer);
        if (!recipe.build().isEmpty()) {
            var ignore = new GitIgnore(recipe.root());
            files.values()
                    .removeIf(
                            file -> file.startsWith(recipe.root()) && ignore.ignores(file, false));
        }
        return files;
    }

    private static Map<String, Object> digests(SortedMap<String, Path> files) throws IOException {
        var digests = new TreeMap<String, Object>();
        for (var file : files.entrySet()) {
            digests.put(file.getKey(), digest(file.getValue()));
        }
        return digests;
    }

    /// Of the content, and of whether it may be run: the only right that git keeps too.
    private static String digest(Path file) throws IOException {
        var sum = Digest.sha256();
        if (Files.isSymbolicLink(file)) {
            add(sum, "link " + Files.readSymbolicLink(file));
            return Digest.hex(sum);
        }
        add(sum, Files.isExecutable(file) ? "program " : "file ");
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[CHUNK];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sum.update(buffer, 0, read);
            }
        }
        return Digest.hex(sum);
    }

    private static void add(MessageDigest sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
    }
}
