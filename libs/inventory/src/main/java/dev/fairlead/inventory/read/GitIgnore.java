package dev.fairlead.inventory.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// What the `.gitignore` files under a root leave out, by git's rules. Each file is read once; a watcher is made anew when
/// a unit is started. `.git` and `.fairlead` are always out.
public final class GitIgnore {
    private static final List<String> ALWAYS = List.of(".git", ".fairlead");

    private final Path root;
    private final List<String> names;
    private final Map<Path, List<Rule>> rules = new ConcurrentHashMap<>();

    private record Rule(Glob pattern, boolean negated, boolean foldersOnly) {}

    public GitIgnore(Path root) {
        this(root, List.of(".gitignore"));
    }

    /// @param names of the files with rules, in each folder; of two rules the later counts, and those of a later file
    public GitIgnore(Path root, List<String> names) {
        this.root = root;
        this.names = List.copyOf(names);
    }

    /// Whether a path, or a folder that it lies in, is left out. What lies outside the root is not.
    public boolean ignores(Path path, boolean isFolder) {
        if (!path.startsWith(root) || path.equals(root)) {
            return false;
        }
        var relative = root.relativize(path);
        var current = root;
        for (int i = 0; i < relative.getNameCount(); i++) {
            current = current.resolve(relative.getName(i));
            boolean folder = isFolder || i < relative.getNameCount() - 1;
            if (ALWAYS.contains(relative.getName(i).toString()) || isOut(current, folder)) {
                return true; // what lies in an ignored folder cannot be let in again
            }
        }
        return false;
    }

    private boolean isOut(Path path, boolean isFolder) {
        boolean out = false;
        var folders = new ArrayList<Path>();
        for (var folder = path.getParent();
                folder != null && folder.startsWith(root);
                folder = folder.getParent()) {
            folders.addFirst(folder);
        }
        for (var folder : folders) {
            var name = folder.relativize(path).toString();
            for (var rule : rules.computeIfAbsent(folder, this::read)) {
                if ((isFolder || !rule.foldersOnly()) && rule.pattern().matches(name)) {
                    out = !rule.negated();
                }
            }
        }
        return out;
    }

    private List<Rule> read(Path folder) {
        return names.stream().flatMap(name -> rules(folder.resolve(name))).toList();
    }

    private static Stream<Rule> rules(Path file) {
        if (!Files.isRegularFile(file)) {
            return Stream.empty();
        }
        try {
            return Files.readAllLines(file).stream()
                    .map(String::stripTrailing)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(GitIgnore::rule);
        } catch (IOException e) {
            return Stream.empty(); // unreadable rules leave nothing out
        }
    }

    private static Rule rule(String line) {
        boolean negated = line.startsWith("!");
        var text =
                negated || line.startsWith("\\#") || line.startsWith("\\!")
                        ? line.substring(1)
                        : line;
        boolean foldersOnly = text.endsWith("/");
        if (foldersOnly) {
            text = text.substring(0, text.length() - 1);
        }
        // A slash before the end ties a pattern to its folder; without one it holds at any depth.
        boolean anchored = text.contains("/");
        var glob = text.startsWith("/") ? text.substring(1) : text;
        return new Rule(Glob.ofGitIgnore(anchored ? glob : "**/" + glob), negated, foldersOnly);
    }
}
