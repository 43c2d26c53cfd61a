package dev.fairlead.inventory.unit;

import java.util.AbstractSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a unit waits for: an immutable sorted set like any other, made of two without a common member, of which one may be
/// shared by all units of a stage. The edges between two stages are as many as the product of their units, so whoever
/// walks over all units looks at each shared {@link #parts part} once.
@SuppressWarnings("JdkObsolete") // it is given where any sorted set is taken
public final class Edges extends AbstractSet<UnitName> implements SortedSet<UnitName> {
    private final SortedSet<UnitName> shared;
    private final SortedSet<UnitName> own;

    private Edges(SortedSet<UnitName> shared, SortedSet<UnitName> own) {
        this.shared = shared;
        this.own = own;
    }

    /// @param shared is kept as it is, so that it can be recognized, and must not change any more
    public static Edges of(SortedSet<UnitName> shared, Collection<UnitName> further) {
        if (shared instanceof Edges edges) {
            var more = new TreeSet<>(edges.own);
            more.addAll(further);
            return of(edges.shared, more);
        }
        var own = new TreeSet<UnitName>();
        further.stream().filter(unit -> !shared.contains(unit)).forEach(own::add);
        return new Edges(shared, own);
    }

    /// A set of edges that does not change with the given one.
    public static Edges copyOf(SortedSet<UnitName> units) {
        return units instanceof Edges edges
                ? edges
                : new Edges(Collections.emptySortedSet(), new TreeSet<>(units));
    }

    /// The sets that it consists of, the shared one first; those that are empty are left out.
    public static List<SortedSet<UnitName>> parts(SortedSet<UnitName> units) {
        var parts =
                units instanceof Edges edges ? List.of(edges.shared, edges.own) : List.of(units);
        return parts.stream().filter(part -> !part.isEmpty()).toList();
    }

    /// Leaves out the units that are not among some; looks at each shared part once.
    public static final class Filter {
        private final Collection<UnitName> kept;
        private final IdentityHashMap<SortedSet<UnitName>, SortedSet<UnitName>> known =
                new IdentityHashMap<>();

        /// @param kept best a hash set: it is asked for every edge
        public Filter(Collection<UnitName> kept) {
            this.kept = kept;
        }

        /// Whether nothing of it is left out.
        public boolean keeps(SortedSet<UnitName> units) {
            return of(units).size() == units.size();
        }

        public SortedSet<UnitName> of(SortedSet<UnitName> units) {
            return units instanceof Edges edges
                    ? new Edges(known.computeIfAbsent(edges.shared, this::left), left(edges.own))
                    : left(units);
        }

        private SortedSet<UnitName> left(SortedSet<UnitName> units) {
            if (kept.containsAll(units)) {
                return units;
            }
            var part = new TreeSet<>(units);
            part.removeIf(unit -> !kept.contains(unit));
            return part;
        }
    }

    @Override
    public Iterator<UnitName> iterator() {
        return own.isEmpty()
                ? Collections.unmodifiableSortedSet(shared).iterator()
                : new Merged(shared.iterator(), own.iterator());
    }

    /// Both in one order.
    private static final class Merged implements Iterator<UnitName> {
        private final Iterator<UnitName> one;
        private final Iterator<UnitName> other;
        private @Nullable UnitName nextOfOne;
        private @Nullable UnitName nextOfOther;

        Merged(Iterator<UnitName> one, Iterator<UnitName> other) {
            this.one = one;
            this.other = other;
            this.nextOfOne = after(one);
            this.nextOfOther = after(other);
        }

        private static @Nullable UnitName after(Iterator<UnitName> units) {
            return units.hasNext() ? units.next() : null;
        }

        @Override
        public boolean hasNext() {
            return nextOfOne != null || nextOfOther != null;
        }

        @Override
        public UnitName next() {
            var a = nextOfOne;
            var b = nextOfOther;
            if (a != null && (b == null || a.compareTo(b) < 0)) {
                nextOfOne = after(one);
                return a;
            }
            if (b == null) {
                throw new NoSuchElementException();
            }
            nextOfOther = after(other);
            return b;
        }
    }

    @Override
    public int size() {
        return shared.size() + own.size();
    }

    @Override
    public boolean contains(@Nullable Object unit) {
        return unit != null && (own.contains(unit) || shared.contains(unit));
    }

    /// Two that share a part differ only in the other one.
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(@Nullable Object other) {
        return (other instanceof Edges edges && edges.shared == shared)
                ? own.equals(edges.own)
                : super.equals(other);
    }

    @Override
    public int hashCode() {
        return shared.hashCode() + own.hashCode();
    }

    @Override
    public @Nullable Comparator<? super UnitName> comparator() {
        return null;
    }

    @Override
    public UnitName first() {
        return iterator().next();
    }

    @Override
    public UnitName last() {
        if (own.isEmpty() || shared.isEmpty()) {
            return own.isEmpty() ? shared.last() : own.last();
        }
        return shared.last().compareTo(own.last()) > 0 ? shared.last() : own.last();
    }

    @Override
    public SortedSet<UnitName> subSet(UnitName from, UnitName to) {
        return new TreeSet<>(this).subSet(from, to);
    }

    @Override
    public SortedSet<UnitName> headSet(UnitName to) {
        return new TreeSet<>(this).headSet(to);
    }

    @Override
    public SortedSet<UnitName> tailSet(UnitName from) {
        return new TreeSet<>(this).tailSet(from);
    }
}
