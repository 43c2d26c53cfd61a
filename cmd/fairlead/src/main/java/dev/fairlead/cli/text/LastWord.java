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

    /// What a tool puts before each of its lines, an error or not.
    private static final Pattern PREFIX = Pattern.compile("npm (error|ERR!) ?");

    private static final Pattern ERROR =
            Pattern.compile(
                    "\\b(FATAL|PANIC|ERROR|Error|fatal|panic|error)\\b|\\w+(Error|Exception)\\b");

    /// The words of programs that do not say "error".
    private static final Pattern COMPLAINT =
            Pattern.compile(
                    "(?i)\\b(failed to|cannot|can't|could not|unable to|denied|refused|not found|no such|already in use|missing"
                            + "|unrecognized|unknown|invalid|illegal|unexpected|timed out|waiting for)\\b");

    private static final int LONGEST = 120;

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
                                .map(line -> PREFIX.matcher(Columns.clean(line).strip()))
                                .map(line -> line.replaceFirst("").strip())
                                .filter(line -> !line.isEmpty() && !NOISE.matcher(line).lookingAt())
                                .toList();
        return first(lines, ERROR)
                .or(() -> first(lines, COMPLAINT))
                .or(() ->
                        build ? lines.reversed().stream().findFirst() : lines.stream().findFirst())
                .map(line -> Columns.shortened(line, LONGEST));
    }

    private static Optional<String> first(List<String> lines, Pattern pattern) {
        return lines.stream().filter(line -> pattern.matcher(line).find()).findFirst();
    }
}
