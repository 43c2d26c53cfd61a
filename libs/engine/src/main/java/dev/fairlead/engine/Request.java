package dev.fairlead.engine;

import dev.fairlead.deploy.plan.Wishes;
import dev.fairlead.inventory.Choice;
import dev.fairlead.inventory.unit.UnitName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// Which environment is meant, and which part of it.
///
/// @param stack the services.yaml, or the folder that has one
/// @param only the units to work on, with all that they wait for, or to look at, exactly these; empty for every unit
/// @param skip units to leave as they are; who waits for them is not held up
/// @param wishes what a plan may do with what belongs to others
public record Request(
        Path stack,
        Choice choice,
        SortedSet<UnitName> only,
        SortedSet<UnitName> skip,
        Wishes wishes) {
    /// One that takes nothing from others.
    public Request(Path stack, Choice choice, SortedSet<UnitName> only, SortedSet<UnitName> skip) {
        this(stack, choice, only, skip, Wishes.NONE);
    }

    /// Whether a unit is one of those that what only looks shows: exactly the named ones, without those to skip.
    boolean shows(UnitName unit) {
        return (only.isEmpty() || only.contains(unit)) && !skip.contains(unit);
    }

    /// The units that it names.
    SortedSet<UnitName> named() {
        var named = new TreeSet<>(only);
        named.addAll(skip);
        return named;
    }

    /// The same with other wishes.
    public Request wishing(Wishes other) {
        return new Request(stack, choice, only, skip, other);
    }

    public Request {
        only = Collections.unmodifiableSortedSet(new TreeSet<>(only));
        skip = Collections.unmodifiableSortedSet(new TreeSet<>(skip));
    }
}
