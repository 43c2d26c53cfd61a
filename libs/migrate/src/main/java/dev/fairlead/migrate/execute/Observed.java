package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.migrate.Rehearsal.Held;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.store.Literal;
import dev.fairlead.migrate.store.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The locks of a session on what others see too, seen from another session: what the first has made is not there yet.
final class Observed {
    private static final String LOCKS =
            """
            SELECT n.nspname || '.' || c.relname, l.mode FROM pg_catalog.pg_locks l
            JOIN pg_catalog.pg_class c ON c.oid = l.relation
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE l.pid = ? AND l.locktype = 'relation' AND l.granted
                AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
                AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
            ORDER BY 1, 2
            """;

    private record Lock(String relation, String mode) {}

    private final Session observer;
    private final int backend;
    private final Set<Lock> ever = new HashSet<>();
    private final Map<Lock, Long> ofStep = new LinkedHashMap<>();

    Observed(Session observer, int backend) {
        this.observer = observer;
        this.backend = backend;
    }

    /// A step begins. What it locks that a step before has locked already does not show: it is told by what its statements
    /// say.
    void begin(PlannedStep step) throws SQLException {
        ofStep.clear();
        long now = Ticker.SYSTEM.nanos();
        for (var lock : step.locks()) {
            var name =
                    lock.table().schema().map(schema -> Literal.name(schema) + ".").orElse("")
                            + Literal.name(lock.table().name());
            observer.value(
                            "SELECT n.nspname || '.' || c.relname FROM pg_catalog.pg_class c"
                                    + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                                    + " WHERE c.oid = pg_catalog.to_regclass("
                                    + Literal.of(name)
                                    + ")")
                    .map(relation -> new Lock(relation, lock.mode().toString()))
                    .filter(ever::contains)
                    .ifPresent(known -> ofStep.put(known, now));
        }
    }

    /// @param since when the statement began that has just ended
    void look(long since) throws SQLException {
        for (var row : observer.query(LOCKS, backend)) {
            var lock =
                    new Lock(String.valueOf(row.getFirst()), words(String.valueOf(row.getLast())));
            if (ever.add(lock)) {
                ofStep.put(lock, since);
            }
        }
    }

    List<Held> held(long until) {
        var held = new ArrayList<Held>();
        ofStep.forEach((lock, since) ->
                held.add(new Held(lock.relation(), lock.mode(), Duration.ofNanos(until - since))));
        return held;
    }

    /// `AccessExclusiveLock` as statements have it: `ACCESS EXCLUSIVE`.
    private static String words(String mode) {
        return mode.replaceAll("Lock$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toUpperCase(Locale.ROOT);
    }
}
