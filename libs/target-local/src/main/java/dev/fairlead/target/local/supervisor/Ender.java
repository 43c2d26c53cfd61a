package dev.fairlead.target.local.supervisor;

import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.target.local.system.Pause;
import dev.fairlead.target.local.system.ProcessTable;
import dev.fairlead.target.local.system.Signals;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/// Ends all processes of a unit: the whole group, and what carries the unit's mark outside of it. First politely, then
/// with KILL, again and again for what forks meanwhile; nothing is left when it returns.
final class Ender {
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(30);

    private final Mark mark;

    Ender(Mark mark) {
        this.mark = mark;
    }

    /// @param group the process group of the main process, while that is known to be ours
    /// @throws IllegalStateException when a process does not end even by KILL: it hangs in the kernel
    void end(OptionalInt group, Stop stop) throws InterruptedException {
        int polite = Signals.number(stop.signal()).orElse(Signals.TERM);
        if (left(group).isEmpty()) {
            return;
        }
        signal(group, polite);
        signal(group, Signals.CONT); // who is stopped hears nothing else but KILL
        if (awaitEnd(group, stop.grace())) {
            return;
        }
        long deadline = System.nanoTime() + KILL_LIMIT.toNanos();
        while (!left(group).isEmpty()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(
                        "these processes do not end, even by KILL: " + described(group));
            }
            // A group ends at once, whatever it forks. What leaves its group is met one by one,
            // each as soon as it is
            // seen: it has no time to fork again.
            group.ifPresent(id -> Signals.sendToGroup(id, Signals.KILL));
            ProcessTable.forEach(process -> {
                if (isOf(group, process) || mark.marks(process)) {
                    Signals.send(process.pid(), Signals.KILL);
                }
            });
            Pause.of(LOOK);
        }
    }

    private List<String> described(OptionalInt group) throws InterruptedException {
        return left(group).stream()
                .limit(10)
                .map(process -> ProcessTable.describe(process.pid()))
                .toList();
    }

    private void signal(OptionalInt group, int signal) throws InterruptedException {
        if (group.isPresent()) {
            Signals.sendToGroup(group.getAsInt(), signal);
        }
        for (var process : left(group)) {
            if (group.isEmpty() || process.group() != group.getAsInt()) {
                Signals.send(process.pid(), signal);
            }
        }
    }

    private boolean awaitEnd(OptionalInt group, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            // While the leader lives, one look at it is enough; the whole table costs more.
            boolean leads =
                    group.isPresent()
                            && ProcessTable.find(group.getAsInt())
                                    .filter(process -> !process.zombie())
                                    .isPresent();
            if (!leads && left(group).isEmpty()) {
                return true;
            }
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Pause.of(LOOK);
        }
    }

    private List<ProcessTable.Entry> left(OptionalInt group) throws InterruptedException {
        return Census.ofMachine().look().stream()
                .filter(seen ->
                        isOf(group, seen.process()) || seen.mark().filter(mark::isMark).isPresent())
                .map(Census.Seen::process)
                .toList();
    }

    private static boolean isOf(OptionalInt group, ProcessTable.Entry process) {
        return group.isPresent() && process.group() == group.getAsInt();
    }
}
