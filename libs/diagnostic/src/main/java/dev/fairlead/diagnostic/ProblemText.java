package dev.fairlead.diagnostic;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
    private static final int LONGEST = 2_000;
    private static final int CHAIN_ENDS = 5;

    private final boolean colour;
    private final int columns;

    /// @param colour whether to use ANSI colours; only for a terminal
    public ProblemText(boolean colour) {
        this(colour, Integer.MAX_VALUE);
    }

    /// @param columns how wide the terminal is; what is said is broken between words there
    public ProblemText(boolean colour, int columns) {
        this.colour = colour;
        this.columns = columns;
    }

    /// The whole problem, ending in a line break.
    public String of(Problem problem) {
        var out = new StringBuilder();
        var word = problem.severity().word() + "[" + problem.code().name() + "]";
        out.append(painted(problem.severity() == Severity.ERROR ? RED : YELLOW, word));
        var place = problem.place().map(found -> " " + found).orElse("") + " ";
        var what = new Wrapped(columns, "  ");
        out.append(place)
                .append(what.of(shortened(problem.what()), word.length() + place.length()))
                .append('\n');
        problem.place().ifPresent(found -> excerpt(out, found));
        trace(out, problem.trace());
        var shown = new Wrapped(columns, "    |   ");
        problem.evidence()
                .forEach(line ->
                        out.append("    | ")
                                .append(shown.of(harmless(line), "    | ".length()))
                                .append('\n'));
        out.append("  ")
                .append(painted(CYAN, "hint:"))
                .append(' ')
                .append(new Wrapped(columns, "    ").of(problem.advice(), "  hint: ".length()))
                .append('\n');
        return out.toString();
    }

    /// The nearest and the farthest links; what lies between them in a long chain repeats itself.
    private static void trace(StringBuilder out, List<Problem.Step> steps) {
        int left = steps.size() - 2 * CHAIN_ENDS;
        for (int i = 0; i < steps.size(); i++) {
            if (left > 1 && i == CHAIN_ENDS) {
                out.append("  … ").append(left).append(" more …\n");
                i += left;
            }
            var step = steps.get(i);
            out.append("  from ").append(step.place()).append(' ');
            out.append(shortened(step.what())).append('\n');
        }
    }

    /// A message that quotes something without an end, or something that would move the cursor.
    private static String shortened(String what) {
        var shown = what.length() > LONGEST ? what.substring(0, LONGEST) + "…" : what;
        return shown.lines().map(ProblemText::harmless).collect(Collectors.joining("\n"));
    }

    private void excerpt(StringBuilder out, Place place) {
        var line = place.source().line(place.line());
        if (line.isBlank()) {
            return;
        }
        int caret = Math.min(place.column() - 1, line.codePointCount(0, line.length()));
        int from = caret < WIDEST_EXCERPT - 20 ? 0 : caret - WIDEST_EXCERPT / 2;
        var points =
                line.codePoints()
                        .skip(from)
                        .limit(WIDEST_EXCERPT)
                        .map(c -> c != '\t' && Character.isISOControl(c) ? ' ' : c)
                        .toArray();
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
