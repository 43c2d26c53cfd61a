package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.migrate.MigrateEvent;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.store.Literal;
import java.sql.SQLException;
import java.time.Duration;

/// Whether the server has more to do than is good for it, so that a backfill waits a little.
final class Strain {
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Scene scene;
    private final PlannedStep step;
    private final String question;
    private Deadline next = Deadline.in(EVERY, Ticker.SYSTEM);

    Strain(Scene scene, PlannedStep step, String table) {
        this.scene = scene;
        this.step = step;
        this.question = question(Literal.of(table) + "::pg_catalog.regclass");
    }

    private static String question(String table) {
        return """
        SELECT CASE
            WHEN (SELECT max(replay_lag) FROM pg_catalog.pg_stat_replication) > interval '10 s'
                THEN 'a replica lags behind'
            WHEN EXISTS (SELECT FROM pg_catalog.pg_locks WHERE NOT granted AND relation = %1$s)
                THEN 'others wait for a lock on the table'
            WHEN EXISTS (SELECT FROM pg_catalog.pg_stat_all_tables WHERE relid = %1$s
                AND n_dead_tup > 1000000 AND n_dead_tup > n_live_tup
                AND pg_catalog.current_setting('autovacuum')::boolean)
                THEN 'the table waits for its vacuum'
            END
        """
                .formatted(table);
    }

    /// Returns when the server is at ease, at once in most cases, and after a while in any.
    void easeOff() throws SQLException, InterruptedException {
        if (!next.passed()) {
            return;
        }
        var longest = Deadline.in(LONGEST, Ticker.SYSTEM);
        var reason = scene.session().value(question);
        if (reason.isPresent()) {
            scene.tell(new MigrateEvent.Noted(step, "waits a little: " + reason.get()));
        }
        while (reason.isPresent() && !longest.passed() && !scene.watch().asked()) {
            Ticker.SYSTEM.pause(Duration.ofSeconds(1));
            reason = scene.session().value(question);
        }
        next = Deadline.in(EVERY, Ticker.SYSTEM);
    }
}
