package dev.fairlead.cli.reference;

import dev.fairlead.deploy.explain.EnvironmentReport;
import dev.fairlead.deploy.explain.UnitReport;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// An environment in trouble: its API answers 500, so its page does not start.
public final class SampleReports {
    public static final Instant NOW = Instant.parse("2026-03-01T07:02:00Z");

    public static final EnvironmentReport REPORT =
            new EnvironmentReport(
                    new EnvironmentRef("guestbook", "dev", 0),
                    TargetKind.LOCAL,
                    UnitState.FAILED,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(
                            unit(
                                    "postgres",
                                    Stage.STATEFUL,
                                    UnitState.READY,
                                    120,
                                    Map.of("sql", 23456)),
                            failing(),
                            pending()),
                    List.of());

    private SampleReports() {}

    private static UnitReport failing() {
        var cause =
                new Cause(
                        CauseCode.PROBE_ANSWERED,
                        "GET http://127.0.0.1:20123/readyz answered 500",
                        List.of("look at `fairlead logs api`"),
                        List.of("java.sql.SQLException: no such table"));
        var unit = unit("api", Stage.INTERNAL, UnitState.FAILED, 12, Map.of("http", 20123));
        return with(unit, Optional.of(cause), new TreeSet<>());
    }

    private static UnitReport pending() {
        var unit = unit("web", Stage.FRONTEND, UnitState.PENDING, 12, Map.of());
        return with(unit, Optional.empty(), new TreeSet<>(List.of(new UnitName("api"))));
    }

    private static UnitReport with(
            UnitReport unit, Optional<Cause> cause, SortedSet<UnitName> waitsFor) {
        return new UnitReport(
                unit.name(),
                unit.stage(),
                unit.state(),
                unit.since(),
                cause,
                waitsFor,
                Optional.empty(),
                unit.ports(),
                unit.url(),
                unit.pid(),
                0,
                Optional.empty());
    }

    private static UnitReport unit(
            String name, Stage stage, UnitState state, int seconds, Map<String, Integer> ports) {
        return new UnitReport(
                new UnitName(name),
                stage,
                state,
                NOW.minusSeconds(seconds),
                Optional.empty(),
                new TreeSet<>(),
                Optional.empty(),
                new TreeMap<>(ports),
                Optional.ofNullable(ports.get("http")).map(port -> "http://127.0.0.1:" + port),
                Optional.empty(),
                0,
                Optional.empty());
    }
}
