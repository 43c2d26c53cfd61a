package dev.fairlead.document.kubernetes;

import dev.fairlead.diagnostic.Marked;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;

/// A text as go-yaml v2 writes it: plain where that is read back the same, else quoted, else as a block.
final class YamlScalar {
    private static final int WIDTH = 80;
    private static final int LONGEST_KEY = 128;

    private final String text;
    private final Analysis analysis;

    private YamlScalar(String text) {
        this.text = text;
        this.analysis = new Analysis(text);
    }

    /// Whether a key can stand before a colon in one line; go-yaml writes others behind a question mark.
    static boolean isSimpleKey(String key) {
        return key.indexOf('\n') < 0 && key.getBytes(StandardCharsets.UTF_8).length <= LONGEST_KEY;
    }

    /// A simple key: never folded, never a block.
    static String key(String key) {
        var scalar = new YamlScalar(key);
        if (scalar.mayBePlain()) {
            return key;
        }
        boolean doubles =
                scalar.isMultiline() || isRead(key) || !scalar.analysis.singleQuotedAllowed;
        return doubles ? scalar.doubleQuoted(0, 0, false) : scalar.singleQuoted(0, 0, false);
    }

    /// A value that starts at `column`; its further lines are indented by `indent`.
    static Marked value(Marked text, int indent, int column) {
        var scalar = new YamlScalar(text.reveal());
        if (!text.hasSecret()) {
            return Marked.plain(scalar.written(indent, column));
        }
        if (scalar.mayBePlain()) {
            return text; // as it is, with its marks, in one line
        }
        // Quotes and escapes move the parts: all of it counts as secret.
        var names = new LinkedHashSet<String>();
        text.spans().forEach(span -> names.add(span.name()));
        return Marked.secret(String.join("+", names), scalar.written(indent, column));
    }

    private String written(int indent, int column) {
        if (isMultiline()) {
            return analysis.blockAllowed ? literal(indent) : doubleQuoted(indent, column, true);
        } else if (mayBePlain()) {
            return folded(indent, column);
        } else if (isRead(text) || !analysis.singleQuotedAllowed) {
            return doubleQuoted(indent, column, true);
        }
        return singleQuoted(indent, column, true);
    }

    private boolean isMultiline() {
        return text.indexOf('\n') >= 0;
    }

    private boolean mayBePlain() {
        return analysis.plainAllowed && !isRead(text);
    }

    /// Whether the text, without quotes, would be read as something else: go-yaml puts those into double quotes.
    private static boolean isRead(String text) {
        return text.isEmpty() || Yaml11.needsQuotes(text);
    }

    /// Plain, broken at single spaces behind column 80.
    private String folded(int indent, int column) {
        var out = new StringBuilder();
        int at = column;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c == ' ' && breaksHere(i, at)) {
                out.append('\n').append(" ".repeat(indent));
                at = indent;
            } else {
                out.appendCodePoint(c);
                at++;
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }

    private boolean breaksHere(int i, int column) {
        return column > WIDTH
                && i > 0
                && i < text.length() - 1
                && text.charAt(i + 1) != ' '
                && text.charAt(i - 1) != ' ';
    }

    private String singleQuoted(int indent, int column, boolean folds) {
        var out = new StringBuilder("'");
        int at = column + 1;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c == ' ' && folds && breaksHere(i, at)) {
                out.append('\n').append(" ".repeat(indent));
                at = indent;
            } else {
                out.append(c == '\'' ? "'" : "").appendCodePoint(c);
                at += c == '\'' ? 2 : 1;
            }
            i += Character.charCount(c);
        }
        return out.append('\'').toString();
    }

    private String doubleQuoted(int indent, int column, boolean folds) {
        var out = new StringBuilder("\"");
        int at = column + 1;
        boolean space = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (!Analysis.isPrintable(c) || c == 0xfeff || c == '"' || c == '\\' || isBreak(c)) {
                var escape = escape(c);
                out.append(escape);
                at += escape.length();
                space = false;
            } else if (c == ' ') {
                if (folds && !space && at > WIDTH && i > 0 && i < text.length() - 1) {
                    out.append('\n').append(" ".repeat(indent));
                    at = indent;
                    if (text.charAt(i + 1) == ' ') {
                        out.append('\\');
                        at++;
                    }
                } else {
                    out.append(' ');
                    at++;
                }
                space = true;
            } else {
                out.appendCodePoint(c);
                at++;
                space = false;
            }
            i += Character.charCount(c);
        }
        return out.append('"').toString();
    }

    private static boolean isBreak(int c) {
        return c == '\r' || c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    private static String escape(int c) {
        return switch (c) {
            case 0 -> "\\0";
            case 7 -> "\\a";
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case 0x0b -> "\\v";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            case 0x1b -> "\\e";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case 0x85 -> "\\N";
            case 0xa0 -> "\\_";
            case 0x2028 -> "\\L";
            case 0x2029 -> "\\P";
            default ->
                    c <= 0xff
                            ? "\\x%02X".formatted(c)
                            : c <= 0xffff ? "\\u%04X".formatted(c) : "\\U%08X".formatted(c);
        };
    }

    /// A block with its line breaks: `|`, an indent where the text starts with a space, and what happens at its end.
    private String literal(int indent) {
        int inner = Math.max(indent, 2);
        var out = new StringBuilder("|");
        char first = text.charAt(0);
        if (first == ' ' || first == '\n') {
            out.append(2);
        }
        if (!text.endsWith("\n")) {
            out.append('-');
        } else if (text.length() == 1 || text.charAt(text.length() - 2) == '\n') {
            out.append('+');
        }
        var body = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        for (var line : body.split("\n", -1)) {
            out.append('\n');
            if (!line.isEmpty()) {
                out.append(" ".repeat(inner)).append(line);
            }
        }
        return out.toString();
    }

    /// What the characters of a text allow, in go-yaml's own terms.
    private static final class Analysis {
        private boolean plainAllowed = true;
        private boolean singleQuotedAllowed = true;
        private boolean blockAllowed = true;

        Analysis(String text) {
            if (text.isEmpty()) {
                blockAllowed = false;
                return;
            }
            if (text.startsWith("---") || text.startsWith("...")) {
                plainAllowed = false;
            }
            spaces(text);
            int previous = ' ';
            for (int i = 0; i < text.length(); ) {
                int c = text.codePointAt(i);
                int next = i + Character.charCount(c);
                boolean spaceFollows = next >= text.length() || isBlank(text.charAt(next));
                if (indicates(c, i == 0, spaceFollows, isBlank(previous))) {
                    plainAllowed = false;
                }
                if (!isPrintable(c)) {
                    plainAllowed = false;
                    singleQuotedAllowed = false;
                    blockAllowed = false;
                }
                previous = c;
                i = next;
            }
        }

        private void spaces(String text) {
            char first = text.charAt(0);
            char last = text.charAt(text.length() - 1);
            if (isBlank(first) || isBlank(last) || text.indexOf('\n') >= 0) {
                plainAllowed = false;
            }
            if (last == ' ') {
                blockAllowed = false;
            }
            if (text.contains("\n ")) {
                singleQuotedAllowed = false;
            }
            if (text.contains(" \n")) {
                singleQuotedAllowed = false;
                blockAllowed = false;
            }
        }

        /// Whether the character would mean something in a plain scalar of a block.
        private static boolean indicates(
                int c, boolean first, boolean spaceFollows, boolean afterSpace) {
            if (first) {
                return "#,[]{}&*!|>'\"%@`".indexOf(c) >= 0
                        || ("?:-".indexOf(c) >= 0 && spaceFollows);
            }
            return (c == ':' && spaceFollows) || (c == '#' && afterSpace);
        }

        private static boolean isBlank(int c) {
            return c == ' ' || c == '\t' || c == '\n' || c == '\r';
        }

        /// go-yaml's table: tabs, and everything beyond the first plane, are escaped.
        static boolean isPrintable(int c) {
            return c == '\n'
                    || (c >= 0x20 && c <= 0x7e)
                    || (c >= 0xa0 && c <= 0xd7ff)
                    || (c >= 0xe000 && c <= 0xfffd && c != 0xfeff);
        }
    }
}
