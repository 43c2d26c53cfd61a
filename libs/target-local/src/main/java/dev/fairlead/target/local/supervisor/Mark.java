package dev.fairlead.target.local.supervisor;

import dev.fairlead.target.local.state.UnitFolder;
import dev.fairlead.target.local.system.ProcessTable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What names a unit's processes in their environment: `FAIRLEAD_UNIT=FOLDER/ENVIRONMENT/UNIT/HASH/ROLE`. Everything that
/// a process starts inherits it, so a grandchild that left its group is still found.
///
/// @param prefix all but hash and role
public record Mark(String prefix) {
    public static final String VARIABLE = "FAIRLEAD_UNIT";

    static Mark of(UnitFolder unit) {
        return new Mark(
                "%s/%s/%s/"
                        .formatted(
                                unit.environment().home().id(),
                                unit.environment().key(),
                                unit.name()));
    }

    /// What a process is there for.
    enum Role {
        MAIN,
        BUILD,
        PROBE,
        /// Of an agent: one of its runs, which may be several at once.
        RUN
    }

    /// The unit that a process belongs to, in words: `the unit web of dev`; empty for one that no supervisor started.
    static Optional<String> unitOf(int pid) {
        return ProcessTable.variable(pid, VARIABLE)
                .map(value -> List.of(value.split("/", -1)))
                .filter(parts -> parts.size() > 2)
                .map(parts -> "the unit %s of %s".formatted(parts.get(2), parts.get(1)));
    }

    String value(String hash, Role role) {
        return prefix + hash + "/" + role.name();
    }

    /// Every living process that carries the mark.
    List<ProcessTable.Entry> processes() {
        return ProcessTable.all().stream().filter(this::marks).toList();
    }

    boolean marks(ProcessTable.Entry process) {
        return ProcessTable.variable(process.pid(), VARIABLE).filter(this::isMark).isPresent();
    }

    /// @param value of the variable
    boolean isMark(String value) {
        return value.startsWith(prefix);
    }

    /// The unit's main process with this hash: the oldest that carries the mark and leads its group.
    Optional<ProcessTable.Entry> main(String hash) {
        var wanted = value(hash, Role.MAIN);
        return ProcessTable.all().stream()
                .filter(process -> process.group() == process.pid())
                .filter(process ->
                        ProcessTable.variable(process.pid(), VARIABLE)
                                .filter(wanted::equals)
                                .isPresent())
                .min(
                        Comparator.comparingLong(ProcessTable.Entry::start)
                                .thenComparingInt(ProcessTable.Entry::pid));
    }
}
