package dev.fairlead.target.local.supervisor;

import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.state.UnitFolder;
import dev.fairlead.target.local.system.ProcessTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// The runs of an agent that are under way, by the pipes that they print into: `run-ID-MILLIS`, so that whoever finds one
/// knows how long it may take although the command that began it was killed.
final class AgentRuns {
    private static final Pattern PIPE = Pattern.compile("run-([a-z0-9]+)-(\\d+)");

    private final UnitFolder folder;
    private final Map<String, Long> begun = new HashMap<>();

    /// One of them.
    record Found(String id, Duration most, Path pipe) {}

    AgentRuns(UnitFolder folder) {
        this.folder = folder;
    }

    static Path pipe(UnitFolder folder, String id, Duration most) {
        return folder.path().resolve("run-%s-%d".formatted(id, most.toMillis()));
    }

    /// Of everything that a run has started.
    static Mark mark(UnitFolder folder, String id) {
        return new Mark(Mark.of(folder).value(id, Mark.Role.RUN));
    }

    /// Those that are there for longer than they may take.
    ///
    /// @param later how much longer
    List<Found> overdue(Duration later) {
        var now = System.nanoTime();
        var overdue = new ArrayList<Found>();
        var there = new HashSet<String>();
        for (var path : Durable.list(folder.path())) {
            var name = PIPE.matcher(path.getFileName().toString());
            if (name.matches()) {
                var run =
                        new Found(
                                name.group(1),
                                Duration.ofMillis(Long.parseLong(name.group(2))),
                                path);
                there.add(run.id());
                long since = begun.computeIfAbsent(run.id(), id -> now - age(id).toNanos());
                if (Duration.ofNanos(now - since).compareTo(run.most().plus(later)) > 0) {
                    overdue.add(run);
                }
            }
        }
        begun.keySet().retainAll(there);
        return overdue;
    }

    /// Asked once for each: a supervisor that came later than the run does not begin to count anew.
    private Duration age(String id) {
        return mark(folder, id).processes().stream()
                .map(ProcessTable::age)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }
}
