package dev.fairlead.cli.reference;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.history.CriticalPath;
import dev.fairlead.deploy.history.ExecutionReport;
import dev.fairlead.deploy.history.UnitTime;
import dev.fairlead.deploy.plan.LiveDiff;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.Plan.Field;
import dev.fairlead.deploy.target.Drift;
import dev.fairlead.engine.life.DriftReport;
import dev.fairlead.engine.life.GraphReport;
import dev.fairlead.engine.life.HistoryReport;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is told of the life of a small environment.
public final class LifeSamples {
    private static final UnitName API = new UnitName("api");
    private static final UnitName WEB = new UnitName("web");

    private LifeSamples() {}

    /// `up-7`: the API, then the page.
    public static final ExecutionReport EXECUTION =
            new ExecutionReport(
                    "up-7",
                    "up",
                    "fairlead (pid 4711) of ada",
                    Optional.of("9f2c…"),
                    SampleReports.NOW,
                    Optional.of(Duration.ofMillis(3100)),
                    "ready",
                    "done: api, web",
                    Optional.of(4L),
                    List.of(
                            time(API, Stage.INTERNAL, 0, 1900),
                            time(WEB, Stage.FRONTEND, 1950, 1100)));

    private static UnitTime time(UnitName unit, Stage stage, long after, long took) {
        return new UnitTime(
                unit,
                Optional.of(stage),
                SampleReports.NOW.plusMillis(after),
                Optional.of(Duration.ofMillis(took)),
                UnitTime.End.READY,
                "ready");
    }

    private static final Graph GRAPH =
            new Graph(
                    new TreeMap<>(
                            Map.of(
                                    API,
                                    new Graph.Node(Stage.INTERNAL, new TreeSet<>(), Duration.ZERO),
                                    WEB,
                                    new Graph.Node(
                                            Stage.FRONTEND,
                                            new TreeSet<>(List.of(API)),
                                            Duration.ZERO))));

    public static GraphReport graph() {
        var times = new TreeMap<UnitName, UnitTime>();
        EXECUTION.units().forEach(time -> times.put(time.unit(), time));
        return new GraphReport(
                SampleReports.REPORT.ref(),
                GRAPH,
                Optional.of(EXECUTION),
                times,
                CriticalPath.of(GRAPH, EXECUTION.units()));
    }

    public static HistoryReport history() {
        return new HistoryReport(
                SampleReports.REPORT.ref(), 4, List.of(2L, 3L, 4L), List.of(EXECUTION));
    }

    public static DriftReport drift() {
        return new DriftReport(
                SampleReports.REPORT.ref(),
                SampleReports.REPORT.target(),
                4,
                List.of(
                        new Drift(
                                API,
                                "env.LOG",
                                Optional.of("info"),
                                Optional.of("debug"),
                                "its process (pid 4712) has another value in LOG")));
    }

    public static LiveDiff diff() {
        var plan =
                new Plan(
                        "9f2c…",
                        "51ab…",
                        "07de…",
                        SampleReports.REPORT.ref(),
                        SampleReports.REPORT.target(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of());
        return new LiveDiff(
                plan,
                List.of(
                        new LiveDiff.Entry(
                                API,
                                "process/api",
                                Action.UPDATE,
                                Optional.empty(),
                                List.of(
                                        new Field(
                                                "env.LOG",
                                                Optional.of("info"),
                                                Optional.of("debug"))),
                                List.of())));
    }
}
