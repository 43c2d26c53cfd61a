package dev.fairlead.diagnostic;

import java.util.regex.Pattern;

/// Problems as people read them: the first line, the source line with a caret, the chain, the hint.
///
/// ```
/// error[UNKNOWN_KEY] services.yaml:41:7 unknown key "dependOn"
///    41 |       dependOn: [ postgres ]
///       |       ^
///   hint: did you mean "dependsOn"?
/// ```
public final class ProblemText {
    private static final String RED = "\u001b[1;31m";
    private static final String YELLOW = "\u001b[1;33m";
    private static final String CYAN = "\u001b[36m";
    private static final String RESET = "\u001b[0m";
    private static final Pattern ANSI = Pattern.compile("\u001b\\[[0-9;?]*[ -/]*[@-~]");
    private static final int WIDEST_EXCERPT = 160;

    private final boolean colour;

    /// @param colour whether to use ANSI colours; only for a terminal
    public ProblemText(boolean colour) {
        this.colour = colour;
    }

    /// The whole problem, ending in a line break.
    public String of(Problem problem) {
        var out = new StringBuilder();
        var word = problem.severity().word() + "[" + problem.code().name() + "]";
        out.append(painted(problem.severity() == Severity.ERROR ? RED : YELLOW, word));
        problem.place().ifPresent(place -> out.append(' ').append(place));
        out.append(' ').append(problem.what()).append('\n');
        problem.place().ifPresent(place -> excerpt(out, place));
        for (var step : problem.trace()) {
            out.append("  from ").append(step.place()).append(' ').append(step.what()).append('\n');
        }
        problem.evidence()
                .forEach(line -> out.append("    | ").append(harmless(line)).append('\n'));
        out.append("  ")
                .append(painted(CYAN, "hint:"))
                .append(' ')
                .append(problem.advice())
                .append('\n');
        return out.toString();
    }

    private void excerpt(StringBuilder out, Place place) {
        var line = place.source().line(place.line());
        if (line.isBlank()) {
            return;
        }
        int caret = Math.min(place.column() - 1, line.codePointCount(0, line.length()));
        int from = caret < WIDEST_EXCERPT - 20 ? 0 : caret - WIDEST_EXCERPT / 2;
        var points = line.codePoints().skip(from).limit(WIDEST_EXCERPT).toArray();
        var number = "%5d".formatted(place.line());
        out.append(number).append(" | ").append(new String(points, 0, points.length)).append('\n');
        out.append(" ".repeat(number.length())).append(" | ");
        for (int i = 0; i < caret - from; i++) {
            out.append(
                    points[i] == '\t'
                            ? '\t'
                            : ' '); // a tab stays a tab, so that the caret stands under its node
        }
        out.append(painted(RED, "^")).append('\n');
    }

    /// A line of somebody's output without what would move the cursor or paint: colours and control characters.
    private static String harmless(String line) {
        return ANSI.matcher(line).replaceAll("").replaceAll("\\p{Cntrl}", " ");
    }

    private String painted(String ansi, String text) {
        return colour ? ansi + text + RESET : text;
    }
}
