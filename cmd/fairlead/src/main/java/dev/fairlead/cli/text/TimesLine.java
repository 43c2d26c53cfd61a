package dev.fairlead.cli.text;

import dev.fairlead.cli.live.Elapsed;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.history.CriticalPath;
import dev.fairlead.deploy.history.ExecutionReport;
import java.util.stream.Collectors;

/// Where the time of an execution went, in one line.
public final class TimesLine {
    private TimesLine() {}

    /// `Took 14s, longest api 4.4s; critical path: postgres 1.3s -> api 4.4s -> web 6.1s`. Empty when no unit was timed.
    public static String of(ExecutionReport execution, Graph graph) {
        var path = CriticalPath.of(graph, execution.units());
        return path.longest()
                .map(longest ->
                        "Took %s, longest %s %s%s"
                                .formatted(
                                        execution.took().map(Elapsed::exact).orElse("?"),
                                        longest.unit(),
                                        Elapsed.exact(longest.took()),
                                        path.links().size() > 1 ? "; " + path(path) : ""))
                .orElse("");
    }

    /// The chain with the time of each unit.
    public static String path(CriticalPath path) {
        return "critical path: "
                + path.links().stream()
                        .map(link -> link.unit() + " " + Elapsed.exact(link.took()))
                        .collect(Collectors.joining(" -> "));
    }
}
