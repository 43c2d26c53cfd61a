package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.Drift;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.target.local.postgres.Layout;
import dev.fairlead.target.local.postgres.LiveDatabases;
import dev.fairlead.target.local.resolve.KeptDatabases;
import dev.fairlead.target.local.state.EnvironmentFolder;
import dev.fairlead.target.local.state.Secrets;
import dev.fairlead.target.local.state.Statuses;
import dev.fairlead.target.local.state.UnitFolder;
import dev.fairlead.target.local.system.Listeners;
import dev.fairlead.target.local.system.ProcessId;
import dev.fairlead.target.local.system.ProcessTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What lives differently from what was applied to the units of one environment. Reads files, `/proc` and the socket of
/// the embedded PostgreSQL; asks no supervisor.
public final class Drifts {
    private final EnvironmentFolder folder;
    private final Layout layout;
    private final Ownership ownership;
    private final byte[] key;
    private final List<Drift> found = new ArrayList<>();

    private Drifts(EnvironmentFolder folder, Map<String, String> variables) {
        this.folder = folder;
        this.layout = new Layout(folder.home(), variables);
        this.ownership = new Ownership(folder.home());
        this.key = new Secrets(folder).digestKey().orElseGet(() -> new byte[0]);
    }

    /// @param variables of this process: where the socket of the embedded PostgreSQL may lie
    public static List<Drift> of(EnvironmentFolder folder, Map<String, String> variables) {
        var drifts = new Drifts(folder, variables);
        for (var unit : folder.units()) {
            unit.applied().ifPresent(applied -> drifts.unit(unit, applied));
        }
        return drifts.found;
    }

    private void unit(UnitFolder unit, UnitFolder.Applied applied) {
        var status = Statuses.read(unit);
        state(unit, status);
        ports(unit, applied.content(), status);
        switch (String.valueOf(applied.content().get("kind"))) {
            case "process" -> process(unit, applied, status);
            case "postgres" -> databases(unit);
            default -> {
                // A task is done, a folder is served by the supervisor, migrations lie in a
                // database.
            }
        }
    }

    private void state(UnitFolder unit, UnitStatus status) {
        var why = status.cause().map(Cause::what);
        switch (status.state()) {
            case READY, STARTING, PENDING, SLEEPING -> {}
            case DEGRADED, FAILED, STOPPED ->
                    add(
                            unit,
                            "state",
                            "running",
                            status.state().toString(),
                            why.map(text -> "it is " + status.state() + ": " + text)
                                    .orElse("it is " + status.state()));
        }
    }

    private void ports(UnitFolder unit, Map<String, Object> content, UnitStatus status) {
        if (!(content.get("ports") instanceof Map<?, ?> ports)) {
            return;
        }
        boolean ready = status.state() == UnitState.READY;
        var probed = content.get("ready") instanceof Map<?, ?> probe ? probe : Map.of();
        ports.forEach((name, number) -> {
            int port = ((Number) number).intValue();
            var path = "ports." + name;
            var holder = Listeners.holderOf(port);
            if (holder.isPresent() && !isOf(unit, holder.get())) {
                add(
                        unit,
                        path,
                        "" + port,
                        holder.get().description(),
                        "its port %s (%d) is held by %s, which is not its process"
                                .formatted(name, port, holder.get().description()));
            } else if (holder.isEmpty() && ready && answers(probed, String.valueOf(name))) {
                add(
                        unit,
                        path,
                        "" + port,
                        null,
                        "nothing listens on its port %s (%d)".formatted(name, port));
            }
        });
    }

    /// Whether the unit said that it answers there.
    private static boolean answers(Map<?, ?> probe, String port) {
        return port.equals(probe.get("tcp"))
                || (probe.get("http") instanceof Map<?, ?> http && port.equals(http.get("port")));
    }

    /// Processes of this folder count, but not those of another of its units.
    private boolean isOf(UnitFolder unit, Listeners.Holder holder) {
        if (holder.pid().isEmpty() || !ownership.isOurs(holder.pid().get())) {
            return false;
        }
        int pid = holder.pid().get();
        var mark = ProcessTable.variable(pid, Mark.VARIABLE);
        return mark.isEmpty() || mark.get().startsWith(Mark.of(unit).prefix());
    }

    private void process(UnitFolder unit, UnitFolder.Applied applied, UnitStatus status) {
        var written = Statuses.written(unit);
        var main = written.flatMap(Statuses.Written::process).filter(ProcessId::alive);
        if (main.isEmpty()) {
            byHand(unit, applied);
            return;
        }
        int pid = main.get().pid();
        environment(unit, applied, pid);
        var before = written.flatMap(Statuses.Written::command);
        var now = CommandLine.digest(pid);
        if (status.state() == UnitState.READY
                && before.isPresent()
                && now.isPresent()
                && !before.equals(now)) {
            add(
                    unit,
                    "command",
                    "as it was when it became ready",
                    ProcessTable.describe(pid),
                    "its process (pid %d) runs another command than when it became ready: %s"
                            .formatted(pid, ProcessTable.describe(pid)));
        }
    }

    /// A process that carries the unit's mark although the one that was started is gone.
    private void byHand(UnitFolder unit, UnitFolder.Applied applied) {
        var mark = Mark.of(unit);
        mark.processes().stream()
                .filter(process -> process.group() == process.pid())
                .findFirst()
                .ifPresent(process -> {
                    var who = ProcessTable.describe(process.pid());
                    add(
                            unit,
                            "process",
                            "started by Fairlead",
                            who,
                            who + " runs in its place, and Fairlead did not start it");
                    environment(unit, applied, process.pid());
                });
    }

    private void environment(UnitFolder unit, UnitFolder.Applied applied, int pid) {
        var live = ProcessTable.environment(pid);
        var given = new GivenEnvironment(applied.content());
        if (!given.recognizes(live)) {
            return; // it wrote its title over it
        }
        var wanted = Mark.of(unit).value(applied.hash(), Mark.Role.MAIN);
        var mark = Optional.ofNullable(live.get(Mark.VARIABLE));
        if (mark.isPresent() && !mark.get().equals(wanted)) {
            add(
                    unit,
                    "content",
                    applied.hash().substring(0, 12),
                    mark.get()
                            .replaceFirst("/[A-Z]+$", "")
                            .replaceFirst(".*/", "")
                            .replaceFirst("(.{12}).*", "$1"),
                    "its process (pid "
                            + pid
                            + ") was started with another content than the applied one");
        }
        new TreeMap<>(given.differing(live, key))
                .forEach((name, masked) -> {
                    var value = live.get(name);
                    add(
                            unit,
                            "env." + name,
                            masked,
                            value == null ? null : given.shown(name, value),
                            "its process (pid %d) has %s"
                                    .formatted(
                                            pid,
                                            value == null
                                                    ? "no variable " + name
                                                    : "another value in " + name));
                });
    }

    private void databases(UnitFolder unit) {
        var there = LiveDatabases.names(layout);
        if (there.isEmpty()) {
            if (Statuses.read(unit).state() == UnitState.READY) {
                add(unit, "databases", "there", null, "PostgreSQL takes no connections");
            }
            return;
        }
        for (var name : KeptDatabases.of(folder, unit.name())) {
            if (!there.get().contains(name)) {
                add(unit, "databases." + name, "there", null, "the database " + name + " is gone");
            }
        }
    }

    private void add(
            UnitFolder unit,
            String path,
            String applied,
            @org.jspecify.annotations.Nullable String live,
            String what) {
        found.add(
                new Drift(
                        unit.name(), path, Optional.of(applied), Optional.ofNullable(live), what));
    }
}
