package dev.fairlead.deploy.slot;

import dev.fairlead.deploy.journal.Store.Holder;
import dev.fairlead.deploy.slot.SlotPort.Activity;
import dev.fairlead.inventory.environment.EnvironmentRef;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One slot as it is at a moment.
///
/// @param claim who has it; absent for one that `up --slot N` made without taking it
/// @param activity the last thing that somebody did with it
/// @param atWork who is changing it now
/// @param kept what keeps it from being collected beside its claim: `the label fairlead.dev/keep`
/// @param unsaved what its folder has that is in no commit: `2 files were changed`
/// @param urls where its units are reached
public record SlotView(
        EnvironmentRef ref,
        SlotState state,
        Optional<Claim> claim,
        Activity activity,
        Optional<Holder> atWork,
        Optional<String> kept,
        Optional<Path> folder,
        Optional<String> unsaved,
        SortedMap<String, String> urls) {
    public SlotView {
        urls = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(urls));
    }

    public int number() {
        return ref.slot();
    }

    /// Whether nothing runs there.
    boolean silent() {
        return state == SlotState.SLEEPING || state == SlotState.TAKEN;
    }

    Instant since() {
        return activity.at();
    }
}
