package dev.fairlead.target.local.supervisor;

import dev.fairlead.target.local.postgres.Layout;
import dev.fairlead.target.local.state.Home;
import dev.fairlead.target.local.state.Statuses;
import dev.fairlead.target.local.system.ProcessTable;
import dev.fairlead.target.local.wire.SupervisorFile;
import java.util.Map;

/// Tells the processes of this folder from everybody else's.
public final class Ownership {
    private final Home home;

    public Ownership(Home home) {
        this.home = home;
    }

    /// Whether a process belongs to this folder: it carries its mark, is PostgreSQL's, is in the group of a recorded
    /// process, or is the supervisor, which serves static files.
    public boolean isOurs(int pid) {
        if (ProcessTable.variable(pid, Mark.VARIABLE)
                .filter(value -> value.startsWith(home.id() + "/"))
                .isPresent()) {
            return true;
        }
        if (SupervisorFile.find(home).filter(file -> file.process().pid() == pid).isPresent()) {
            return true;
        }
        if (new Layout(home, Map.of()).owns(pid)) {
            return true;
        }
        int group = ProcessTable.find(pid).map(ProcessTable.Entry::group).orElse(-1);
        return home.environments().stream()
                .flatMap(environment -> environment.units().stream())
                .flatMap(unit -> Statuses.process(unit).stream())
                .anyMatch(process -> process.pid() == group && process.alive());
    }
}
