package dev.fairlead.deploy.explain;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Finds the root cause of a unit that is not ready: follows what it waits for to the unit that nothing else is to blame
/// for.
public final class Explainer {
    /// Whose fault it most likely is, when a unit waits for several.
    private static final List<UnitState> BLAME =
            List.of(
                    UnitState.FAILED,
                    UnitState.DEGRADED,
                    UnitState.STARTING,
                    UnitState.STOPPED,
                    UnitState.SLEEPING,
                    UnitState.PENDING,
                    UnitState.READY);

    private final Map<UnitName, UnitReport> units = new HashMap<>();
    private final List<UnitReport> inOrder;

    public Explainer(EnvironmentReport report) {
        inOrder = report.units();
        inOrder.forEach(unit -> units.put(unit.name(), unit));
    }

    /// One unit; empty when the environment does not have it.
    public Optional<Explanation> explain(UnitName name) {
        return Optional.ofNullable(units.get(name)).map(this::explain);
    }

    /// Every unit that is not ready: those that are to blame first, then in the order of their start.
    public List<Explanation> explainAll() {
        return inOrder.stream()
                .filter(unit -> unit.state() != UnitState.READY)
                .map(this::explain)
                .sorted(
                        Comparator.comparingInt(
                                        (Explanation found) -> found.chain().size() > 1 ? 1 : 0)
                                .thenComparingInt(found -> BLAME.indexOf(found.state())))
                .toList();
    }

    private Explanation explain(UnitReport unit) {
        if (unit.state() == UnitState.READY) {
            return new Explanation(
                    unit.name(),
                    unit.state(),
                    unit.since(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty());
        }
        var chain = new ArrayList<Explanation.Link>();
        var seen = new HashSet<UnitName>();
        var at = unit;
        while (seen.add(at.name())) {
            var blamed = blamed(at);
            chain.add(new Explanation.Link(at.name(), blamed));
            if (blamed.isEmpty()) {
                break;
            }
            at = worst(blamed);
        }
        return new Explanation(
                unit.name(),
                unit.state(),
                unit.since(),
                Optional.of(new Explanation.RootCause(at.name(), cause(at), at.since())),
                chain,
                at.deadline());
    }

    // A unit that was not started waits for everything that is not ready. One that was started is
    // only explained by what
    // went wrong before it did: a database that failed first, not one that somebody stopped
    // afterwards.
    private SortedSet<UnitName> blamed(UnitReport unit) {
        return switch (unit.state()) {
            case READY -> new TreeSet<>();
            case PENDING -> unit.waitsFor();
            case STARTING, DEGRADED, FAILED, STOPPED, SLEEPING -> {
                var earlier = new TreeSet<>(unit.waitsFor());
                earlier.removeIf(name -> {
                    var needed = require(name);
                    boolean broken =
                            needed.state() == UnitState.FAILED
                                    || needed.state() == UnitState.DEGRADED;
                    return !broken || needed.since().isAfter(unit.since());
                });
                yield earlier;
            }
        };
    }

    private UnitReport worst(SortedSet<UnitName> names) {
        return names.stream()
                .map(this::require)
                .min(
                        Comparator.comparingInt((UnitReport unit) -> BLAME.indexOf(unit.state()))
                                .thenComparing(UnitReport::name))
                .orElseThrow();
    }

    private UnitReport require(UnitName name) {
        return Objects.requireNonNull(units.get(name), name::value);
    }

    private static Cause cause(UnitReport unit) {
        var cause =
                unit.cause()
                        .orElseGet(() ->
                                new Cause(
                                        CauseCode.PROBE_PENDING,
                                        "not ready yet",
                                        List.of(),
                                        List.of()));
        return cause.advice().isEmpty()
                ? new Cause(
                        cause.code(),
                        cause.what(),
                        List.of(cause.code().remedy()),
                        cause.evidence())
                : cause;
    }
}
