package dev.fairlead.migrate.lint;

import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.LockMode;
import dev.fairlead.migrate.sql.ObjectName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// What a transaction has done before the statement that is looked at.
final class Transaction {
    private final boolean shared;
    private final boolean ofStep;
    private final Map<String, LockMode> locks = new LinkedHashMap<>();
    private final Map<String, ObjectName> enumValues = new HashMap<>();
    private final Set<String> constraints = new HashSet<>();
    private final Set<String> types = new HashSet<>();

    /// @param shared whether other statements run in it too
    /// @param ofStep whether it is the migrator's own for the whole step, which is split where a statement refuses it
    Transaction(boolean shared, boolean ofStep) {
        this.shared = shared;
        this.ofStep = ofStep;
    }

    boolean shared() {
        return shared;
    }

    boolean ofStep() {
        return ofStep;
    }

    /// The tables that are locked against everybody, in the order in which that happened; only such as stood before.
    Map<String, LockMode> locks() {
        return locks;
    }

    /// Values that were added to types which are older than the transaction.
    Map<String, ObjectName> enumValues() {
        return enumValues;
    }

    /// Constraints (`table.name`) that were added here without looking at the rows.
    Set<String> constraints() {
        return constraints;
    }

    /// Types that were made here; their values may be used at once.
    Set<String> types() {
        return types;
    }

    void lock(Facts facts, Known known) {
        for (var lock : facts.locks()) {
            if (known.stands(lock.table())) {
                locks.merge(
                        known.key(lock.table()), lock.mode(), (a, b) -> a.compareTo(b) < 0 ? b : a);
            }
        }
    }
}
