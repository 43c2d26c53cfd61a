package dev.fairlead.deploy.execute;

import dev.fairlead.inventory.unit.UnitName;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// Units that are to be taken down.
///
/// @param command the word in the journal and in the execution's name: `down`, `prune`
/// @param units which ones; absent for all that are there
/// @param reasons why, where that is worth saying
/// @param withData the data of the units go too
/// @param keep how many revisions are kept, when what stays is to be a revision of its own
public record Departure(
        String command,
        Optional<SortedSet<UnitName>> units,
        SortedMap<UnitName, String> reasons,
        boolean withData,
        Optional<Integer> keep) {
    public Departure {
        reasons = Collections.unmodifiableSortedMap(new TreeMap<>(reasons));
    }

    /// The command that puts everything to sleep.
    static final String SLEEP = "sleep";

    /// Of everything, which stays there and wakes again.
    static Departure asleep() {
        return new Departure(SLEEP, Optional.empty(), new TreeMap<>(), false, Optional.empty());
    }

    boolean isSleep() {
        return command.equals(SLEEP);
    }

    /// Of everything.
    public static Departure down(boolean withData) {
        return new Departure("down", Optional.empty(), new TreeMap<>(), withData, Optional.empty());
    }
}
