package dev.fairlead.migrate.lock;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.store.HistoryWriter;
import dev.fairlead.migrate.store.Literal;
import dev.fairlead.migrate.store.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One migrator's turn at a database. It holds as long as its connection does: the lock belongs to the session, and with
/// the process the session ends. Polled, never waited for: a waiting `pg_advisory_lock` is a transaction that
/// `CREATE INDEX CONCURRENTLY` of the holder would wait for in turn.
public final class Turn implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(10);
    private static final Duration PREDECESSOR_ENDS_WITHIN = Duration.ofSeconds(30);
    private static final int POLL_LEAST = 40;
    private static final int POLL_MOST = 160;

    private final Session session;
    private final Lane lane;
    private final long token;
    private final String backend;
    private final Thread heart;
    private volatile boolean over;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Runnable onLoss = () -> {};

    /// How the wait for a turn ended.
    public sealed interface Taken {
        record Won(Turn turn) implements Taken {}

        /// While it was waited, somebody else did the work.
        record NotNeeded() implements Taken {}

        record Late(Holder holder) implements Taken {}
    }

    /// Asked between two attempts: whether the turn is still wanted.
    public interface Wish {
        boolean stillWanted(Session session) throws SQLException;
    }

    /// @param waiting told who holds it and how long is still waited, at every change and every few seconds
    public record Request(
            Lane lane,
            String who,
            Deadline deadline,
            Wish wish,
            java.util.function.BiConsumer<Holder, Duration> waiting) {}

    private Turn(Session session, Lane lane, long token, String backend) {
        this.session = session;
        this.lane = lane;
        this.token = token;
        this.backend = backend;
        this.heart = Thread.ofVirtual().name("migrator's heartbeat").unstarted(this::beat);
    }

    /// Waits for a turn on a session that is given up with it.
    public static Taken take(Session session, Request request)
            throws SQLException, InterruptedException {
        Optional<Holder> told = Optional.empty();
        var again = Deadline.in(Duration.ZERO, Ticker.SYSTEM);
        while (true) {
            if (tried(session, request.lane().turnKey())) {
                return new Taken.Won(begin(session, request));
            }
            if (!request.wish().stillWanted(session)) {
                return new Taken.NotNeeded();
            }
            var holder = holder(session, request.lane());
            if (request.deadline().passed()) {
                return new Taken.Late(holder);
            }
            if (again.passed() || told.filter(known -> known.token() == holder.token()).isEmpty()) {
                request.waiting().accept(holder, request.deadline().left());
                told = Optional.of(holder);
                again = Deadline.in(Duration.ofSeconds(5), Ticker.SYSTEM);
            }
            var pause =
                    Duration.ofMillis(ThreadLocalRandom.current().nextInt(POLL_LEAST, POLL_MOST));
            Ticker.SYSTEM.pause(request.deadline().slice(pause));
        }
    }

    /// Keeps every migrator from beginning as long as the session is open, without taking a turn.
    ///
    /// @return false when one is at work
    public static boolean hinder(Session session, Lane lane) throws SQLException {
        return tried(session, lane.turnKey());
    }

    private static boolean tried(Session session, long key) throws SQLException {
        return session.value("SELECT pg_catalog.pg_try_advisory_lock(" + key + ")")
                .equals(Optional.of("t"));
    }

    private static Turn begin(Session session, Request request) throws SQLException {
        HistoryWriter.prepare(session);
        var token =
                session.value(
                        "UPDATE fairlead.migration_turn SET token = token + 1, who = "
                                + Literal.of(request.who())
                                + ", since = pg_catalog.clock_timestamp(), heartbeat = pg_catalog.clock_timestamp()"
                                + " WHERE lane = "
                                + Literal.of(request.lane().word())
                                + " RETURNING token");
        // Should the client vanish without a word, the server misses its heartbeat and frees the
        // lock.
        session.query("SELECT pg_catalog.set_config('idle_session_timeout', '10s', false)");
        session.answersWithin(ANSWERS_WITHIN);
        var backend = session.value("SELECT pg_catalog.pg_backend_pid()").orElseThrow();
        var turn = new Turn(session, request.lane(), Long.parseLong(token.orElseThrow()), backend);
        turn.heart.start();
        return turn;
    }

    /// Whose turn it is now; empty when nobody migrates. Takes no lock.
    public static Optional<Holder> current(Session session, Lane lane) throws SQLException {
        boolean held = session.value("SELECT 1" + holding(lane.turnKey())).isPresent();
        return held ? Optional.of(holder(session, lane)) : Optional.empty();
    }

    /// The sessions of this database that hold an advisory lock.
    private static String holding(long key) {
        return " FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1"
                + " AND database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())"
                + " AND classid::bigint = "
                + (key >>> 32)
                + " AND objid::bigint = "
                + (key & 0xffffffffL);
    }

    /// Who has the turn, as far as the table of turns can tell.
    public static Holder holder(Session session, Lane lane) throws SQLException {
        boolean there =
                session.value(
                                "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n"
                                        + " ON n.oid = c.relnamespace WHERE n.nspname = 'fairlead'"
                                        + " AND c.relname = 'migration_turn'")
                        .isPresent();
        var rows =
                there
                        ? session.query(
                                "SELECT who, extract(epoch FROM since), extract(epoch FROM heartbeat), token"
                                        + " FROM fairlead.migration_turn WHERE token > 0 AND lane = "
                                        + Literal.of(lane.word()))
                        : java.util.List
                                .<java.util.List<@org.jspecify.annotations.Nullable String>>of();
        if (rows.isEmpty()) {
            var now = moment(session.value("SELECT extract(epoch FROM now())").orElse("0"));
            return new Holder("a migrator that has just begun", now, now, 0);
        }
        var row = rows.getFirst();
        return new Holder(
                String.valueOf(row.get(0)),
                moment(String.valueOf(row.get(1))),
                moment(String.valueOf(row.get(2))),
                Long.parseLong(String.valueOf(row.get(3))));
    }

    private static Instant moment(String seconds) {
        return Instant.ofEpochMilli(
                new java.math.BigDecimal(seconds).movePointRight(3).longValue());
    }

    /// The number that every row of this turn carries.
    public long token() {
        return token;
    }

    public Lane lane() {
        return lane;
    }

    /// Whether it ended without being asked to: the connection broke, or somebody else's turn began.
    public boolean over() {
        return over;
    }

    /// Told, by another thread, as soon as the turn is over.
    public void whenOver(Runnable listener) {
        onLoss = listener;
        if (over) {
            listener.run();
        }
    }

    /// Makes a session the one that works, as soon as no session of a predecessor works any more: what such a one still
    /// runs is ended.
    ///
    /// @throws SQLException with state 55P03 when a predecessor's session does not end
    public void beginWork(Session work, Consumer<String> ended)
            throws SQLException, InterruptedException {
        demandOwnSession(work, lane);
        var deadline = Deadline.in(PREDECESSOR_ENDS_WITHIN, Ticker.SYSTEM);
        long key = lane.workKey();
        while (!tried(work, key)) {
            if (deadline.passed()) {
                throw new SQLException(
                        "a connection of the migrator before this one still works", "55P03");
            }
            var backends =
                    work.query("SELECT pid, pg_catalog.pg_terminate_backend(pid)" + holding(key));
            backends.forEach(row -> ended.accept(String.valueOf(row.getFirst())));
            Ticker.SYSTEM.pause(Duration.ofMillis(20));
        }
    }

    /// A lock that another session of this process holds must not be free: a session may take its own locks again, and so a
    /// pooler that hands one session to both is found out.
    ///
    /// @param other not the session that holds the turn
    /// @throws dev.fairlead.diagnostic.ProblemException `SESSIONS_SHARED`
    public static void demandOwnSession(Session other, Lane lane) throws SQLException {
        if (tried(other, lane.turnKey())) {
            other.query("SELECT pg_catalog.pg_advisory_unlock_all()");
            throw Problem.error(
                            MigrateCode.SESSIONS_SHARED,
                            "two connections to the database are one session")
                    .thrown();
        }
    }

    private void beat() {
        try {
            while (!closing.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
                var still =
                        session.value(
                                "UPDATE fairlead.migration_turn SET heartbeat = pg_catalog.clock_timestamp()"
                                        + " WHERE lane = "
                                        + Literal.of(lane.word())
                                        + " AND token = "
                                        + token
                                        + " RETURNING pg_catalog.pg_backend_pid()");
                // Behind a pooler another session may answer, which does not hold the lock.
                if (!still.equals(Optional.of(backend))) {
                    lose();
                    return;
                }
            }
        } catch (SQLException _) {
            if (closing.getCount() > 0) {
                lose();
            }
        } catch (InterruptedException _) {
            // nobody interrupts it
        }
    }

    private void lose() {
        over = true;
        onLoss.run();
    }

    @Override
    public void close() {
        closing.countDown(); // no interrupt: it would break the connection, which may be a pool's
        try {
            heart.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // it ends with its session
        }
        session.close(); // the lock ends with its session
    }
}
