package dev.fairlead.migrate;

import dev.fairlead.migrate.server.Db;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A place in SQL, `gate.pass()`, where a statement stays for as long as the test wants it to.
final class Gate {
    private Gate() {}

    /// Makes it, open.
    static void build(Db db) {
        db.run(
                """
                CREATE SCHEMA gate;
                CREATE TABLE gate.closed (yes bool);
                CREATE FUNCTION gate.pass() RETURNS int LANGUAGE plpgsql AS $$
                    BEGIN
                        WHILE EXISTS (SELECT FROM gate.closed) LOOP PERFORM pg_sleep(0.02); END LOOP;
                        RETURN 1;
                    END $$\
                """);
    }

    static void close(Db db) {
        db.run("INSERT INTO gate.closed VALUES (true)");
    }

    static void open(Db db) {
        db.run("DELETE FROM gate.closed");
    }

    /// Until a statement stands before it; not longer than the run lasts.
    static void awaitSomebody(Db db, Future<?> run) throws InterruptedException {
        while (!run.isDone()
                && db.value(
                                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                        + " AND wait_event = 'PgSleep'")
                        .equals("0")) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }
}
