package dev.fairlead.target.local.supervisor;

import dev.fairlead.target.local.system.ProcessTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The processes of this machine with their marks. A look at all of them costs more the more there are, so those who ask
/// at the same time share one: a thousand units that end together would otherwise look at a thousand processes each.
final class Census {
    /// @param mark the value of {@link Mark#VARIABLE}, where it has one that can be read
    record Seen(ProcessTable.Entry process, Optional<String> mark) {}

    private static final Census MACHINE = new Census(Census::scan);

    private final Supplier<List<Seen>> scan;
    private long begun;
    private long ended;
    private boolean busy;
    private List<Seen> latest = List.of();

    Census(Supplier<List<Seen>> scan) {
        this.scan = scan;
    }

    static Census ofMachine() {
        return MACHINE;
    }

    /// What was alive at some moment after this call began.
    List<Seen> look() throws InterruptedException {
        long wanted;
        synchronized (this) {
            wanted = begun + 1; // one that runs already may have passed by what is asked for
        }
        while (true) {
            synchronized (this) {
                while (busy && ended < wanted) {
                    wait();
                }
                if (ended >= wanted) {
                    return latest;
                }
                busy = true;
                begun++;
            }
            @Nullable List<Seen> seen = null;
            try {
                seen = scan.get();
            } finally {
                done(seen);
            }
        }
    }

    private synchronized void done(@Nullable List<Seen> seen) {
        busy = false;
        if (seen != null) {
            ended = begun;
            latest = seen;
        }
        notifyAll();
    }

    private static List<Seen> scan() {
        var seen = new ArrayList<Seen>();
        ProcessTable.forEach(process ->
                seen.add(new Seen(process, ProcessTable.variable(process.pid(), Mark.VARIABLE))));
        return seen;
    }
}
