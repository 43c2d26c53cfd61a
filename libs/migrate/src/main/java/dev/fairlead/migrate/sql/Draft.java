package dev.fairlead.migrate.sql;

import dev.fairlead.migrate.sql.Facts.InTransaction;
import dev.fairlead.migrate.sql.Facts.Lock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Facts that are being found.
final class Draft {
    private final Map<ObjectName, LockMode> locks = new LinkedHashMap<>();
    private final List<Effect> effects = new ArrayList<>();
    private String command = "";
    private InTransaction inTransaction = InTransaction.YES;
    private boolean destructive;

    void command(String name) {
        command = name.toUpperCase(Locale.ROOT);
    }

    boolean isCommand(String name) {
        return command.equals(name);
    }

    void inTransaction(InTransaction value) {
        inTransaction = value;
    }

    void refused() {
        inTransaction = InTransaction.REFUSED;
    }

    void destructive() {
        destructive = true;
    }

    /// The strongest mode counts.
    void lock(ObjectName table, LockMode mode) {
        locks.merge(table, mode, (old, now) -> now.compareTo(old) > 0 ? now : old);
    }

    void effect(Effect effect) {
        effects.add(effect);
    }

    /// What is only looked at does nothing; its locks are taken nonetheless.
    void onlyLooks() {
        effects.clear();
        destructive = false;
        inTransaction = InTransaction.YES;
    }

    Facts facts(Statement statement) {
        var sorted =
                locks.entrySet().stream()
                        .map(entry -> new Lock(entry.getKey(), entry.getValue()))
                        .sorted(Comparator.comparing(Lock::mode).reversed())
                        .toList();
        return new Facts(statement, command, inTransaction, sorted, effects, destructive);
    }
}
