package dev.fairlead.inventory.read;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.InventoryCode;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// A pattern of paths with `/` between their parts: `*` and `?` within a part, `**` for any number of parts (none
/// included), `[a-z]` and `[!a-z]` for one character, `{a,b}` for alternatives, `\` before a character that stands for
/// itself. The one meaning of a glob, wherever a stack has one. Matching takes time in proportion to the path, whatever
/// the pattern.
public final class Glob {
    private static final String SPECIAL = "*?[{\\";

    private final String text;
    private final GlobMachine machine;

    private Glob(String text, GlobReader.Dialect dialect) {
        this.text = text;
        this.machine = GlobMachine.of(GlobReader.read(text, dialect));
    }

    /// @throws dev.fairlead.diagnostic.ProblemException with the place, when the glob is not well formed
    public static Glob parse(String text, Place place) {
        try {
            return of(text);
        } catch (IllegalArgumentException e) {
            throw Problem.error(
                            InventoryCode.GLOB_SYNTAX,
                            place,
                            "the glob \"%s\" is not well formed: %s"
                                    .formatted(text, e.getMessage()))
                    .thrown();
        }
    }

    /// @throws IllegalArgumentException with what is wrong, when the glob is not well formed
    public static Glob of(String text) {
        return new Glob(plainly(text), GlobReader.Dialect.STACK);
    }

    /// A pattern of a `.gitignore` without its marks (`!`, and `/` at an end): braces stand for themselves, and a bracket
    /// that is not closed does too.
    public static Glob ofGitIgnore(String pattern) {
        return new Glob(pattern, GlobReader.Dialect.GIT);
    }

    /// With its folder in its shortest form, so that `./src/*` names what `src/*` does.
    private static String plainly(String text) {
        var folder = folder(text);
        if (folder.isEmpty()) {
            return text;
        }
        try {
            var shortest = Path.of(folder).normalize().toString();
            var rest = text.substring(folder.length() + 1).replaceFirst("^/+", "");
            return shortest.isEmpty() ? rest : shortest + "/" + rest;
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("no path can look like that", e);
        }
    }

    public boolean matches(String path) {
        return machine.matches(path);
    }

    /// The folder that every match lies in: the parts before the first with a wildcard; empty for the folder that the
    /// glob is relative to.
    public String folder() {
        return folder(text);
    }

    private static String folder(String text) {
        int wild = indexOfWildcard(text);
        int slash = text.lastIndexOf('/', wild < 0 ? text.length() : wild);
        return slash < 0 ? "" : slash == 0 ? "/" : text.substring(0, slash);
    }

    /// Whether it names one path only.
    public boolean isPlain() {
        return indexOfWildcard(text) < 0;
    }

    /// How many folders deep below {@link #folder} a match can lie at most.
    public int depth() {
        int start = folder().isEmpty() ? 0 : folder().length() + 1;
        var rest = text.substring(Math.min(start, text.length()));
        return rest.contains("**")
                ? Integer.MAX_VALUE
                : (int) rest.chars().filter(c -> c == '/').count() + 1;
    }

    @Override
    public String toString() {
        return text;
    }

    private static int indexOfWildcard(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (SPECIAL.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
