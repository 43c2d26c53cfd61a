package dev.fairlead.cli.console;

import org.jline.utils.WCWidth;

/// Text measured in terminal columns: wide characters take two, combining ones none.
public final class Columns {
    private static final String ELLIPSIS = "…";

    private Columns() {}

    /// The number of columns of one line of clean text.
    public static int of(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    /// One line without control characters and escape sequences, so that a program's output cannot move the cursor.
    public static String clean(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            if (point == 0x1b) {
                i = afterEscape(text, i);
                continue;
            }
            i += Character.charCount(point);
            if (point == '\n' || point == '\t' || point == '\r') {
                out.append(' ');
            } else if (WCWidth.wcwidth(point) >= 0 && !isInvisible(point)) {
                out.appendCodePoint(point);
            }
        }
        return out.toString();
    }

    /// The text, shortened with `…` when it is wider than `columns`.
    public static String shortened(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        if (columns <= 0) {
            return "";
        }
        int left = columns - 1;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            if (width(point) > left) {
                break;
            }
            left -= width(point);
            end += Character.charCount(point);
        }
        return text.substring(0, end) + ELLIPSIS;
    }

    /// The text shortened or filled with spaces to exactly `columns`.
    public static String fitted(String text, int columns) {
        var fitting = shortened(text, columns);
        return fitting + " ".repeat(columns - of(fitting));
    }

    private static int width(int point) {
        return Math.max(0, WCWidth.wcwidth(point));
    }

    /// Directional marks and the like take no room but would reorder the line around them.
    private static boolean isInvisible(int point) {
        return Character.getType(point) == Character.FORMAT && point != 0x200d;
    }

    private static int afterEscape(String text, int escape) {
        int i = escape + 1;
        if (i >= text.length() || text.charAt(i) != '[') {
            return Math.min(i + 1, text.length());
        }
        i++;
        while (i < text.length() && (text.charAt(i) < 0x40 || text.charAt(i) > 0x7e)) {
            i++;
        }
        return Math.min(i + 1, text.length());
    }
}
