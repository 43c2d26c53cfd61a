package dev.fairlead.deploy.slot;

import dev.fairlead.deploy.target.UnitState;
import java.util.Collection;
import java.util.Locale;

/// How a slot stands. The same words for every target.
public enum SlotState {
    /// Nobody's, and nothing of it is there: never taken, or gone.
    FREE,
    /// Somebody's; nothing runs there yet.
    TAKEN,
    /// Its units are being started.
    CREATING,
    READY,
    /// A unit is not well; it may come back.
    DEGRADED,
    FAILED,
    /// Nothing runs; data, ports and secrets are kept, and `up` goes on with them.
    SLEEPING,
    /// Being removed. It is never used again; a removal that was cut short is finished by the next command.
    TERMINATING;

    /// @param known whether anything was ever done there
    /// @param atWork whether a command is changing it now
    static SlotState of(
            boolean leaving, boolean known, boolean atWork, Collection<UnitState> units) {
        if (leaving) {
            return TERMINATING;
        }
        if (units.isEmpty()) {
            return atWork ? CREATING : known ? SLEEPING : TAKEN;
        }
        if (atWork && !units.stream().allMatch(UnitState.READY::equals)) {
            return CREATING;
        }
        return units.stream().map(SlotState::of).reduce(READY, SlotState::worse);
    }

    private static SlotState of(UnitState unit) {
        return switch (unit) {
            case READY -> READY;
            case PENDING, STARTING -> CREATING;
            case DEGRADED -> DEGRADED;
            case FAILED -> FAILED;
            case STOPPED, SLEEPING -> SLEEPING;
        };
    }

    private static SlotState worse(SlotState one, SlotState other) {
        return one == READY ? other : other == READY ? one : worst(one, other);
    }

    private static SlotState worst(SlotState one, SlotState other) {
        for (var state : new SlotState[] {FAILED, DEGRADED, CREATING}) {
            if (one == state || other == state) {
                return state;
            }
        }
        return one;
    }

    /// The word in output: `free`, `ready`, …
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
