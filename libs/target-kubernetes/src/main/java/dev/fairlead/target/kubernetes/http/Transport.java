package dev.fairlead.target.kubernetes.http;

import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.target.kubernetes.access.Access;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Sends requests. A request that the server refused because it is busy is sent again when it asks for that; one whose
/// fate is unknown only when sending it again changes nothing more. Safe for several threads.
public final class Transport implements AutoCloseable {
    private static final int UNAUTHORIZED = 401;
    private static final int TOO_MANY = 429;

    private final Access access;
    private final Patience patience;
    private final Ticker ticker;
    private final Faults faults;
    private final Gates gates;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong repeated = new AtomicLong();
    private volatile boolean reached;
    private @Nullable Line line;

    public Transport(Access access, Patience patience, Ticker ticker, java.time.Clock clock) {
        this.access = access;
        this.patience = patience;
        this.ticker = ticker;
        this.faults = new Faults(access, clock);
        this.gates = new Gates(ticker);
    }

    public Traffic traffic() {
        return new Traffic(requests.get(), writes.get(), repeated.get());
    }

    /// What the server says about the request: yes, or why not.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException when there is no answer, or it is about ourselves or the server
    ///     (401, 429, 5xx)
    public Reply send(Call call) throws InterruptedException {
        return attempts(
                        call,
                        way -> {
                            var response = way.exchange(call, limit(call));
                            var reply = reply(response, response.body());
                            if (reply.brokenOff()) {
                                throw new IOException("the answer broke off");
                            }
                            return new Answered<>(reply, Optional.empty());
                        })
                .reply();
    }

    /// A first answer costs more on both sides than those that follow.
    private Duration limit(Call call) {
        boolean first = !reached && !call.writes();
        return first && patience.silence().compareTo(patience.request()) > 0
                ? patience.silence()
                : patience.request();
    }

    /// Opens a stream: its lines, or the reply with which it was refused.
    public Opened open(Call call) throws InterruptedException {
        var answered =
                attempts(
                        call,
                        way -> {
                            var response = way.open(call, patience.request());
                            var feed = response.body();
                            if (response.statusCode() == 200) {
                                return new Answered<>(reply(response, ""), Optional.of(feed));
                            }
                            return new Answered<>(
                                    reply(response, Feeds.whole(feed, patience.request())),
                                    Optional.<LineFeed>empty());
                        });
        return new Opened(answered.reply(), answered.stream());
    }

    /// Opens a WebSocket; `accept` of the call names the subprotocols. Refused: the reply says why.
    public Dialled dial(Call call, WebSocket.Listener listener) throws InterruptedException {
        var answered =
                attempts(
                        call,
                        way -> {
                            try {
                                var socket = way.dial(call, listener, patience.request());
                                return new Answered<>(
                                        new Reply(
                                                101,
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                ""),
                                        Optional.of(socket));
                            } catch (WebSocketHandshakeException e) {
                                return new Answered<>(
                                        reply(e.getResponse(), ""), Optional.<WebSocket>empty());
                            }
                        });
        return new Dialled(answered.reply(), answered.stream());
    }

    /// A stream or the refusal of it.
    public record Opened(Reply reply, Optional<LineFeed> feed) {}

    /// A connection or the refusal of it.
    public record Dialled(Reply reply, Optional<WebSocket> socket) {}

    private record Answered<T>(Reply reply, Optional<T> stream) {}

    private interface Way<T> {
        Answered<T> go(Line way) throws IOException, InterruptedException;
    }

    private <T> Answered<T> attempts(Call call, Way<T> way) throws InterruptedException {
        var outage = Deadline.in(patience.outage(), ticker);
        var first = Deadline.in(patience.first(), ticker);
        var silence = Deadline.in(patience.silence(), ticker);
        var pauses = new Pauses();
        boolean renewed = false;
        while (true) {
            var current = line();
            if (call.writes()) {
                call.guard().before(patience.request());
            }
            count(call, pauses);
            Duration pause;
            try {
                var answered = through(call, current, way);
                var reply = answered.reply();
                if (reply.status() == UNAUTHORIZED && !renewed && renew(current)) {
                    renewed = true;
                    continue;
                }
                if (!Faults.passing(call, reply, pauses.taken()) || outage.passed()) {
                    faults.throwIfAny(call, reply);
                    return answered;
                }
                pause = pauses.next(reply.retryAfter());
            } catch (IOException e) {
                var left = reached ? outage : e instanceof HttpTimeoutException ? silence : first;
                if (!Faults.passing(call, e) || left.passed()) {
                    throw faults.of(call, e);
                }
                pause = left.slice(pauses.next(Optional.empty()));
            }
            ticker.pause(outage.slice(pause));
        }
    }

    private <T> Answered<T> through(Call call, Line current, Way<T> way)
            throws IOException, InterruptedException {
        var gate = gates.of(call);
        long round = gate.enter();
        boolean refused = false;
        boolean shares = false;
        try {
            var answered = way.go(current);
            var reply = answered.reply();
            gates.learn(call, reply);
            shares = reply.level().isPresent();
            refused = reply.status() == TOO_MANY;
            if (refused) {
                gate.refused(round, Duration.ofSeconds(reply.retryAfter().orElse(0)));
            }
            reached = true;
            return answered;
        } finally {
            if (!refused) {
                gate.answered(shares);
            }
        }
    }

    private void count(Call call, Pauses pauses) {
        requests.incrementAndGet();
        if (call.writes()) {
            writes.incrementAndGet();
        }
        if (pauses.taken() > 0) {
            repeated.incrementAndGet();
        }
    }

    private synchronized Line line() throws InterruptedException {
        var identity = access.credentials().current();
        if (line == null || !line.identity().equals(identity)) {
            line = new Line(access, identity);
        }
        return line;
    }

    private boolean renew(Line refused) throws InterruptedException {
        return access.credentials().renewed(refused.identity()).isPresent();
    }

    private static Reply reply(HttpResponse<?> response, String text) {
        return new Reply(
                response.statusCode(),
                response.headers()
                        .firstValue("Retry-After")
                        .filter(seconds -> seconds.matches("\\d{1,5}"))
                        .map(Integer::valueOf),
                response.headers().firstValue("Content-Type"),
                response.headers().firstValue("X-Kubernetes-PF-PriorityLevel-UID"),
                text);
    }

    @Override
    public synchronized void close() {
        if (line != null) {
            line.close();
        }
    }
}
