package dev.fairlead.diagnostic;

/// Text broken between words where a terminal would break it within them.
///
/// @param columns the width of a terminal; without end where there is none
/// @param indent what begins each line but the first
public record Wrapped(int columns, String indent) {
    /// The text as it comes: for pipes, files and whoever reads by lines.
    public static final Wrapped NEVER = new Wrapped(Integer.MAX_VALUE, "");

    /// @param taken columns of its first line that something else has taken
    public String of(String text, int taken) {
        var out = new StringBuilder(text.length());
        int at = taken;
        boolean begun = taken > 0;
        for (var word : text.split("(?<=\\s)", -1)) {
            int width = width(word.stripTrailing());
            if (begun && at + width > columns) {
                trim(out);
                out.append('\n').append(indent);
                at = indent.length();
            }
            out.append(word);
            begun = !word.endsWith("\n");
            at = begun ? at + width(word) : 0;
        }
        return out.toString();
    }

    private static void trim(StringBuilder out) {
        while (!out.isEmpty() && out.charAt(out.length() - 1) == ' ') {
            out.setLength(out.length() - 1);
        }
    }

    private static int width(String word) {
        return word.codePointCount(0, word.length());
    }
}
