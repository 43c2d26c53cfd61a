package dev.fairlead.tests.system.world;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/// How long it takes from the moment at which a cause is certain until the first `explain` has said it, the start and the
/// end of that command included.
public final class Certainty {
    private final Map<String, Duration> took = new TreeMap<>();
    private final Clock clock = Clock.systemUTC();

    /// Asks what is wrong now, and takes the time of each unit that is named with its own cause for the first time.
    ///
    /// @param codes of the causes that are waited for, by unit
    public void look(Fairlead fairlead, Map<String, String> codes) {
        var said = fairlead.done("explain", "-o", "json").json();
        var now = clock.instant();
        for (var unit : Status.objects(said.get("units"))) {
            var root = Status.object(unit.get("rootCause"));
            var name = String.valueOf(root.get("unit"));
            if (Objects.equals(codes.get(name), root.get("code"))) {
                var since = Instant.parse(String.valueOf(root.get("since")));
                took.putIfAbsent(name, Duration.between(since, now));
            }
        }
    }

    /// Does something that makes a cause certain, and asks until it is said.
    public void after(String cause, Callable<?> deed, Callable<Boolean> said) throws Exception {
        deed.call();
        long certain = System.nanoTime();
        Await.until(cause, Duration.ofSeconds(30), said);
        took.put(cause, Duration.ofNanos(System.nanoTime() - certain));
    }

    /// `from certain to explained, 43 causes: median 0.6 s, most 1.1 s (slow-task)`.
    @Override
    public String toString() {
        var times = took.values().stream().sorted().toList();
        if (times.isEmpty()) {
            return "from certain to explained: nothing was measured";
        }
        var most = took.entrySet().stream().max(Comparator.comparing(Map.Entry::getValue));
        return "from certain to explained, %d causes: median %.1f s, most %.1f s (%s)"
                .formatted(
                        times.size(),
                        seconds(times.get(times.size() / 2)),
                        seconds(times.getLast()),
                        most.orElseThrow().getKey());
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
