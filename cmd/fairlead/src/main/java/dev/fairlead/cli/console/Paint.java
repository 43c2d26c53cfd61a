package dev.fairlead.cli.console;

/// ANSI colours, or none of them.
///
/// @param on whether the reader is a terminal that wants colours
public record Paint(boolean on) {
    /// What a text means; the colours follow from it.
    public enum Tone {
        GOOD("32"),
        BAD("1;31"),
        ACTIVE("33"),
        QUIET("2"),
        STRONG("1"),
        PLAIN("");

        private final String code;

        Tone(String code) {
            this.code = code;
        }
    }

    private static final int[] PREFIXES = {36, 35, 34, 33, 32, 96, 95, 94, 93, 92};

    public String of(Tone tone, String text) {
        return on && tone != Tone.PLAIN && !text.isEmpty()
                ? "\u001b[" + tone.code + "m" + text + "\u001b[0m"
                : text;
    }

    /// A colour of its own for the `index`-th of several things, the same each time.
    public String prefix(int index, String text) {
        return on
                ? "\u001b["
                        + PREFIXES[Math.floorMod(index, PREFIXES.length)]
                        + "m"
                        + text
                        + "\u001b[0m"
                : text;
    }
}
