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

    /// Every unit that is not ready, or whose last build failed: those that are to blame first, then in the order of
    /// their start.
    public List<Explanation> explainAll() {
        return inOrder.stream()
                .filter(unit -> unit.state() != UnitState.READY || unit.cause().isPresent())
                .map(this::explain)
                .sorted(
                        Comparator.comparingInt(
                                        (Explanation found) -> found.chain().size() > 1 ? 1 : 0)
                                .thenComparingInt(found -> BLAME.indexOf(found.state())))
                .toList();
    }

    private Explanation explain(UnitReport unit) {
        if (unit.state() == UnitState.READY && unit.cause().isEmpty()) {
            return new Explanation(
                    unit.name(),
                    unit.state(),
                    unit.since(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty());
        }
        var chain = new ArrayList<Explanation.Link>();
        var seen = new HashSet<UnitName>();
        var at = unit;
        while (seen.add(at.name())) {
            var blamed = at.waitsFor();
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
                chain.size() == 1 || unit.state() == UnitState.PENDING
                        ? Optional.empty()
                        : unit.cause(),
                at.deadline());
    }

    private UnitReport worst(SortedSet<UnitName> names) {
        return names.stream()
                .map(this::require)
                .min(
                        Comparator.comparingInt((UnitReport unit) -> BLAME.indexOf(unit.state()))
                                .thenComparing(UnitReport::since) // what failed first
                                .thenComparing(UnitReport::name))
                .orElseThrow();
    }

    private UnitReport require(UnitName name) {
        return Objects.requireNonNull(units.get(name), name::value);
    }

    private static Cause cause(UnitReport unit) {
        return unit.cause()
                .orElseGet(() ->
                        new Cause(CauseCode.PROBE_PENDING, "not ready yet", List.of(), List.of()))
                .of(unit.name());
    }
}
