package dev.fairlead.inventory.read;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// The text of a glob as parts.
final class GlobReader {
    /// A part of a glob.
    sealed interface Part {
        /// One character.
        record One(IntPredicate test) implements Part {}

        /// Any characters but `/`.
        record Star() implements Part {}

        /// Any characters.
        record Deep() implements Part {}

        /// Any number of folders, each with the `/` behind it.
        record Folders() implements Part {}

        /// One of several.
        record Choice(List<List<Part>> alternatives) implements Part {}
    }

    /// Whose patterns they are.
    enum Dialect {
        STACK,
        GIT
    }

    private static final int DEEPEST = 20;

    private final int[] text;
    private final Dialect dialect;
    private int at;

    private GlobReader(String text, Dialect dialect) {
        this.text = text.codePoints().toArray();
        this.dialect = dialect;
    }

    /// @throws IllegalArgumentException with what is wrong
    static List<Part> read(String text, Dialect dialect) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("it is empty");
        }
        return new GlobReader(text, dialect).parts(0);
    }

    /// Up to the end, or to the `,` or `}` that ends an alternative.
    private List<Part> parts(int depth) {
        var parts = new ArrayList<Part>();
        while (at < text.length) {
            int c = text[at];
            if (dialect == Dialect.STACK && depth > 0 && (c == ',' || c == '}')) {
                return parts;
            }
            at++;
            parts.add(part(c, depth));
        }
        if (depth > 0) {
            throw new IllegalArgumentException("\"{\" is not closed");
        }
        return parts;
    }

    private Part part(int c, int depth) {
        return switch (c) {
            case '*' -> star();
            case '?' -> new Part.One(one -> one != '/');
            case '[' -> brackets();
            case '{' -> dialect == Dialect.GIT ? itself(c) : choice(depth + 1);
            case '}' -> {
                if (dialect == Dialect.STACK) {
                    throw new IllegalArgumentException("\"}\" was not opened");
                }
                yield itself(c);
            }
            case '\\' -> at < text.length ? itself(text[at++]) : itself(c);
            default -> itself(c);
        };
    }

    private static Part itself(int c) {
        return new Part.One(one -> one == c);
    }

    private Part star() {
        if (at == text.length || text[at] != '*') {
            return new Part.Star();
        }
        boolean starts = at < 2 || text[at - 2] == '/';
        at++;
        if (starts && at < text.length && text[at] == '/') {
            at++;
            return new Part.Folders();
        }
        return new Part.Deep();
    }

    private Part choice(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("braces nest deeper than " + DEEPEST + " levels");
        }
        var alternatives = new ArrayList<List<Part>>();
        do {
            alternatives.add(parts(depth));
        } while (text[at++] == ',');
        return new Part.Choice(alternatives);
    }

    private Part brackets() {
        int start = at;
        boolean not = at < text.length && (text[at] == '!' || text[at] == '^');
        at += not ? 1 : 0;
        IntPredicate set = _ -> false;
        // A bracket right after the first one stands for itself.
        for (int first = at; at < text.length && (text[at] != ']' || at == first); ) {
            set = set.or(member());
        }
        if (at >= text.length) {
            if (dialect == Dialect.STACK) {
                throw new IllegalArgumentException("\"[\" is not closed");
            }
            at = start;
            return itself('[');
        }
        at++;
        var members = not ? set.negate() : set;
        return new Part.One(members.and(c -> c != '/'));
    }

    private IntPredicate member() {
        int low = character();
        if (at + 1 >= text.length || text[at] != '-' || text[at + 1] == ']') {
            return c -> c == low;
        }
        at++;
        int high = character();
        if (high < low && dialect == Dialect.STACK) {
            throw new IllegalArgumentException(
                    "the range %s-%s ends before it starts"
                            .formatted(Character.toString(low), Character.toString(high)));
        }
        return c -> c >= low && c <= high;
    }

    private int character() {
        if (text[at] == '\\' && at + 1 < text.length) {
            at++;
        }
        return text[at++];
    }
}
