package dev.fairlead.deploy.history;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The chain of units that an execution's end waited for, the first one first: a faster one of these would have made the
/// whole faster, any other one would not.
///
/// @param links none when nothing was timed
public record CriticalPath(List<Link> links) {
    /// One unit of the chain.
    ///
    /// @param waited how long after the end of the one before it its own step began: other units held its place
    public record Link(UnitName unit, Duration took, Duration waited) {}

    public CriticalPath {
        links = List.copyOf(links);
    }

    /// @param graph which unit waits for which
    /// @param times those that ended; units that are taken down wait in the other direction
    public static CriticalPath of(Graph graph, Collection<UnitTime> times) {
        var ended = new HashMap<UnitName, UnitTime>();
        times.stream()
                .filter(time -> time.took().isPresent())
                .forEach(time -> ended.put(time.unit(), time));
        var dependants = graph.dependants();
        var links = new ArrayList<Link>();
        var seen = new HashSet<UnitName>();
        var last = latest(ended.values());
        while (last.isPresent() && seen.add(last.get().unit())) {
            var time = last.get();
            var before = latest(before(time, graph, dependants, ended));
            links.add(
                    new Link(
                            time.unit(),
                            time.took().orElse(Duration.ZERO),
                            before.map(earlier -> gap(earlier, time)).orElse(Duration.ZERO)));
            last = before;
        }
        return new CriticalPath(links.reversed());
    }

    private static List<UnitTime> before(
            UnitTime time,
            Graph graph,
            Map<UnitName, List<UnitName>> dependants,
            Map<UnitName, UnitTime> ended) {
        var node = graph.nodes().get(time.unit());
        Collection<UnitName> neighbours =
                time.end() == UnitTime.End.STOPPED
                        ? dependants.getOrDefault(time.unit(), List.of())
                        : node == null ? List.of() : node.waitsFor();
        return neighbours.stream()
                .flatMap(unit -> Optional.ofNullable(ended.get(unit)).stream())
                .filter(found -> !found.began().isAfter(time.began()))
                .toList();
    }

    private static Optional<UnitTime> latest(Collection<UnitTime> times) {
        return times.stream()
                .max(Comparator.comparing(UnitTime::ended).thenComparing(UnitTime::unit));
    }

    private static Duration gap(UnitTime earlier, UnitTime later) {
        var gap = Duration.between(earlier.ended(), later.began());
        return gap.isNegative() ? Duration.ZERO : gap;
    }

    /// Whether a unit is on it.
    public boolean has(UnitName unit) {
        return links.stream().anyMatch(link -> link.unit().equals(unit));
    }

    /// The one that took longest.
    public Optional<Link> longest() {
        return links.stream().max(Comparator.comparing(Link::took));
    }
}
