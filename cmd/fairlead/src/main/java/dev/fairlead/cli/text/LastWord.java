package dev.fairlead.cli.text;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.Code;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The one line of the evidence that tells most: what a process, a check or a build said tells more than that it ended.
final class LastWord {
    private static final Set<Code> ENDED =
            Set.of(
                    CauseCode.EXITED,
                    CauseCode.TASK_FAILED,
                    CauseCode.DATABASE_UNAVAILABLE,
                    CauseCode.PROBE_ANSWERED,
                    CauseCode.PROBE_PENDING,
                    CauseCode.TIMED_OUT);

    /// A line of a stack trace, a heading, or what is printed after the error by whoever ran the program.
    private static final Pattern NOISE =
            Pattern.compile(
                    "at |PATH=|\\.\\.\\. \\d+ more|Node\\.js v\\d|exit status \\d+$|goroutine \\d+ |\\d+ errors?$|[}\\])]+;?$|error: compilation failed$"
                            + "|note: run with |Try '.*--help|(A complete log of this run|To see a list of)|.*\\s:$");

    /// What a tool puts before each of its lines, an error or not. What it says comes after what the program said that it
    /// ran.
    private static final Pattern PREFIX = Pattern.compile("npm (error|ERR!) ?");

    /// A line that its own writer does not take for an error, whatever words it holds.
    private static final Pattern HARMLESS =
            Pattern.compile(
                    "^(\\S+ ){0,4}\\W?(INFO|DEBUG|TRACE|NOTICE)\\b|\\blevel=\"?(info|debug|trace)\\b|\"level\" ?: ?(\"(info|debug|trace)\"|[123]0\\b)");

    private static final Pattern ERROR =
            Pattern.compile(
                    "\\b(FATAL|PANIC|ERROR|Error|fatal|panic|error)\\b|\\w+(Error|Exception)\\b");

    /// The words of programs that do not say "error".
    private static final Pattern COMPLAINT =
            Pattern.compile(
                    "(?i)\\b(incompatible|unsupported|not supported|requires|failed to|cannot|can't|could not|unable to|denied|refused|not found|no such|already in use|missing"
                            + "|unrecognized|unknown|invalid|illegal|unexpected|timed out|waiting for)\\b");

    /// When a line was written, and by which process.
    private static final Pattern STAMP =
            Pattern.compile(
                    "^\\[?\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d\\S*( [A-Z]{3,4}\\b)?]?( \\[\\d+])?\\s+");

    /// What PostgreSQL adds to an error.
    private static final Pattern DETAIL = Pattern.compile("^DETAIL:\\s+");

    private static final int LONGEST = 160;

    private LastWord() {}

    /// A build complains about the first thing first; everything else comes to the point at the end.
    static Optional<String> of(Cause cause) {
        boolean build = cause.code() == CauseCode.BUILD_FAILED;
        if (!build && !ENDED.contains(cause.code())) {
            return Optional.empty();
        }
        var lines =
                (build ? cause.evidence() : cause.evidence().reversed())
                        .stream()
                                .map(line -> Columns.clean(line).strip())
                                .map(line -> STAMP.matcher(line).replaceFirst(""))
                                .toList();
        var own = lines.stream().filter(line -> !PREFIX.matcher(line).lookingAt()).toList();
        var all = lines.stream().map(line -> PREFIX.matcher(line).replaceFirst("")).toList();
        return complaint(told(own))
                .map(line -> line + detail(lines, line))
                .or(() -> complaint(told(all)))
                .or(() -> wasSignalled(cause) ? Optional.empty() : last(told(all), build))
                .map(line -> Columns.shortened(line, LONGEST));
    }

    private static String detail(List<String> lines, String line) {
        int at = lines.indexOf(line) - 1; // the last one comes first
        return at >= 0 && DETAIL.matcher(lines.get(at)).find()
                ? ": " + DETAIL.matcher(lines.get(at)).replaceFirst("")
                : "";
    }

    private static List<String> told(List<String> lines) {
        return lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !NOISE.matcher(line).lookingAt())
                .toList();
    }

    private static Optional<String> complaint(List<String> lines) {
        var grave = lines.stream().filter(line -> !HARMLESS.matcher(line).find()).toList();
        return first(grave, ERROR).or(() -> first(grave, COMPLAINT));
    }

    /// What somebody else ended did not mean to: that it printed something before tells nothing.
    private static boolean wasSignalled(Cause cause) {
        return cause.code() == CauseCode.EXITED && cause.what().contains("was ended by SIGKILL");
    }

    private static Optional<String> last(List<String> lines, boolean build) {
        return (build ? lines.reversed() : lines).stream().findFirst();
    }

    private static Optional<String> first(List<String> lines, Pattern pattern) {
        return lines.stream().filter(line -> pattern.matcher(line).find()).findFirst();
    }
}
