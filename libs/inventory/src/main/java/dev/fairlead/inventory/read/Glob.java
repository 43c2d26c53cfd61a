package dev.fairlead.inventory.read;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.InventoryCode;
import java.util.Optional;
import java.util.regex.Pattern;

/// A pattern of paths with `/` between their parts: `*` and `?` within a part, `**` for any number of parts (none
/// included), `[a-z]` and `[!a-z]` for one character, `{a,b}` for alternatives.
public final class Glob {
    private final String text;
    private final Pattern pattern;

    private Glob(String text, Pattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    /// @throws dev.fairlead.diagnostic.ProblemException with the place, when the glob is not well formed
    public static Glob parse(String text, Place place) {
        var translation = new Translation(text);
        var fault = translation.run();
        if (fault.isPresent()) {
            throw Problem.error(
                            InventoryCode.GLOB_SYNTAX,
                            place,
                            "the glob \"%s\" is not well formed: %s".formatted(text, fault.get()))
                    .thrown();
        }
        return new Glob(text, Pattern.compile(translation.regex.toString()));
    }

    public boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    /// The folder that every match lies in: the parts before the first with a wildcard; empty for the folder that the
    /// glob is relative to.
    public String folder() {
        int wild = indexOfWildcard();
        int slash = text.lastIndexOf('/', wild < 0 ? text.length() : wild);
        return slash < 0 ? "" : text.substring(0, slash);
    }

    /// Whether it names one path only.
    public boolean isPlain() {
        return indexOfWildcard() < 0;
    }

    /// How many folders deep below {@link #folder} a match can lie at most.
    public int depth() {
        int start = folder().isEmpty() ? 0 : folder().length() + 1;
        var rest = text.substring(start);
        return rest.contains("**")
                ? Integer.MAX_VALUE
                : (int) rest.chars().filter(c -> c == '/').count() + 1;
    }

    @Override
    public String toString() {
        return text;
    }

    private int indexOfWildcard() {
        for (int i = 0; i < text.length(); i++) {
            if ("*?[{".indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    /// One pass over a glob that writes its regular expression.
    private static final class Translation {
        private final String text;
        private final StringBuilder regex = new StringBuilder();
        private int at;
        private int braces;

        Translation(String text) {
            this.text = text;
        }

        /// What is wrong, if something is.
        Optional<String> run() {
            while (at < text.length()) {
                char c = text.charAt(at++);
                switch (c) {
                    case '*' -> star();
                    case '?' -> regex.append("[^/]");
                    case '[' -> {
                        if (!brackets()) {
                            return Optional.of("\"[\" is not closed");
                        }
                    }
                    case '{' -> {
                        braces++;
                        regex.append("(?:");
                    }
                    case '}' -> {
                        if (--braces < 0) {
                            return Optional.of("\"}\" was not opened");
                        }
                        regex.append(')');
                    }
                    case ',' -> regex.append(braces > 0 ? "|" : ",");
                    default -> regex.append(Pattern.quote(String.valueOf(c)));
                }
            }
            if (text.isEmpty()) {
                return Optional.of("it is empty");
            }
            return braces > 0 ? Optional.of("\"{\" is not closed") : Optional.empty();
        }

        private void star() {
            if (at < text.length() && text.charAt(at) == '*') {
                at++;
                if (at < text.length() && text.charAt(at) == '/') {
                    at++;
                    regex.append("(?:.*/)?");
                } else {
                    regex.append(".*");
                }
            } else {
                regex.append("[^/]*");
            }
        }

        private boolean brackets() {
            int end = text.indexOf(']', at + 1);
            if (end < 0) {
                return false;
            }
            var inside =
                    text.substring(at, end)
                            .replace("\\", "\\\\")
                            .replace("[", "\\[")
                            .replace("&&", "&\\&");
            regex.append('[')
                    .append(inside.startsWith("!") ? "^" + inside.substring(1) : inside)
                    .append(']');
            at = end + 1;
            return true;
        }
    }
}
