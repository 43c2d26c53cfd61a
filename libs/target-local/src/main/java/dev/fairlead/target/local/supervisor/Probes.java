package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.mask.Masks;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.inventory.unit.Ready;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// The probes that need no process.
final class Probes {
    private static final Duration SOON = Duration.ofMillis(50);
    private static final Duration SLOWLY = Duration.ofSeconds(10);
    private static final Duration SELDOM = Duration.ofMinutes(1);
    private static final int CONNECT_MILLIS = 1_000;
    private static final int ANSWER_MILLIS = 5_000;
    private static final int EVIDENCE_BYTES = 4_096;
    private static final int EVIDENCE_LINES = 20;
    private static final Pattern LOCATION = Pattern.compile("(?im)^location:(.*)$");
    private static final Duration ALIVE_FOR = Duration.ofSeconds(1);

    private Probes() {}

    /// The probe for a process that is just started.
    ///
    /// @param pid its own
    /// @param lastLines of its output
    static Probe of(Job job, LineWatch lines, int pid, Supplier<List<String>> lastLines) {
        return switch (job.spec().run().ready()) {
            case Ready.Done() -> done();
            case Ready.Alive _, Ready.Http _, Ready.Tcp _, Ready.Exec _, Ready.Log _ ->
                    new Unready(asking(job, lines), pid, lastLines);
        };
    }

    private static Probe asking(Job job, LineWatch lines) {
        var ports = job.spec().run().ports();
        return switch (job.spec().run().ready()) {
            case Ready.Http(var port, var path, var status) ->
                    http(Objects.requireNonNull(ports.get(port)), path, status, job);
            case Ready.Tcp(var port) ->
                    tcp(Objects.requireNonNull(ports.get(port)), new Elsewhere(job.mark()));
            case Ready.Exec(var command) -> new ExecProbe(job, command);
            case Ready.Log(var regex) -> log(regex, lines);
            case Ready.Alive() -> alive();
            case Ready.Done() -> done();
        };
    }

    private static Probe alive() {
        long started = System.nanoTime();
        return once(() ->
                System.nanoTime() - started >= ALIVE_FOR.toNanos()
                        ? Optional.empty()
                        : Optional.of(Probe.pending("it has not run for a second yet")));
    }

    private static Probe done() {
        return once(() -> Optional.of(Probe.pending("the task has not ended yet")));
    }

    private static Probe log(String regex, LineWatch lines) {
        return once(() ->
                lines.found()
                        ? Optional.empty()
                        : Optional.of(Probe.pending("no line of the output matches " + regex)));
    }

    private static Probe tcp(int port, Elsewhere elsewhere) {
        return again(
                Optional.empty(),
                () -> {
                    try (var socket = connect(port)) {
                        return socket.isConnected() ? Optional.empty() : refused(port, "closed");
                    } catch (IOException e) {
                        return refused(port, reason(e) + elsewhere.words());
                    }
                });
    }

    private static Probe http(int port, String path, int status, Job job) {
        var elsewhere = new Elsewhere(job.mark());
        var tls = new TlsLook(address(port));
        var unanswered = answered(url(port, path) + " has not answered yet", "");
        return again(
                unanswered,
                () -> {
                    Socket socket;
                    try {
                        socket = connect(port);
                    } catch (IOException e) {
                        return refused(port, reason(e) + elsewhere.words());
                    }
                    try (socket) {
                        return masked(ask(socket, port, path, status), job.tools().masks());
                    } catch (IOException e) {
                        return answered(
                                url(port, path) + " gave no answer: " + reason(e) + tls.words(),
                                "");
                    }
                });
    }

    /// Who answers may say too much: an error page with its whole configuration.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static Optional<Cause> masked(Optional<Cause> cause, Masks masks) {
        return cause.map(found ->
                new Cause(
                        found.code(),
                        masks.masked(found.what()),
                        found.advice(),
                        found.evidence().stream().map(masks::masked).toList()));
    }

    private static Optional<Cause> ask(Socket socket, int port, String path, int status)
            throws IOException {
        socket.setSoTimeout(ANSWER_MILLIS);
        var request =
                "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUser-Agent: fairlead\r\nAccept: */*\r\nConnection: close\r\n\r\n"
                        .formatted(path, port);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        var in = socket.getInputStream();
        var first = line(in, head);
        var parts = first.split(" ", 3);
        if (parts.length < 2 || !parts[0].startsWith("HTTP/") || !parts[1].matches("\\d{3}")) {
            if (!first.isEmpty() && Character.isISOControl(first.charAt(0))) {
                throw new IOException("what it sends is not HTTP");
            }
            return answered(url(port, path) + " did not answer with HTTP", first);
        }
        if (Integer.parseInt(parts[1]) == status) {
            return Optional.empty();
        }
        var rest = new String(in.readNBytes(EVIDENCE_BYTES), StandardCharsets.UTF_8);
        int body = rest.indexOf("\r\n\r\n");
        return answered(
                "%s answered %s%s instead of %d"
                        .formatted(
                                url(port, path),
                                parts[1],
                                elsewhere(body < 0 ? rest : rest.substring(0, body)),
                                status),
                body < 0 ? "" : rest.substring(body + 4));
    }

    /// Where a redirection leads to: mostly a login.
    private static String elsewhere(String headers) {
        var location = LOCATION.matcher(headers);
        return location.find() ? " (go to " + location.group(1).strip() + ")" : "";
    }

    private static String line(InputStream in, StringBuilder line) throws IOException {
        int next = in.read();
        while (next >= 0 && next != '\n' && line.length() < EVIDENCE_BYTES) {
            line.append((char) next);
            next = in.read();
        }
        if (line.isEmpty() && next < 0) {
            throw new IOException("the connection was closed");
        }
        return line.toString().strip();
    }

    private static String url(int port, String path) {
        return "GET http://127.0.0.1:" + port + path;
    }

    private static InetSocketAddress address(int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of four bytes is one", e);
        }
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(address(port), CONNECT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case SocketTimeoutException _ -> "timed out";
            case ConnectException _ -> "connection refused";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static Optional<Cause> refused(int port, String why) {
        return Optional.of(
                new Cause(
                        CauseCode.PROBE_REFUSED,
                        "127.0.0.1:%d: %s".formatted(port, why),
                        List.of("see whether it listens on the port that it is given"),
                        List.of()));
    }

    private static Optional<Cause> answered(String what, String body) {
        return Optional.of(
                new Cause(
                        CauseCode.PROBE_ANSWERED,
                        what,
                        List.of("see its own words in the evidence and in `fairlead logs`"),
                        body.lines().limit(EVIDENCE_LINES).toList()));
    }

    private interface Look {
        Optional<Cause> look() throws InterruptedException;
    }

    /// A look that stays true once it was.
    private static Probe once(Look look) {
        return new Probe() {
            @Override
            public Optional<Cause> look() throws InterruptedException {
                return look.look();
            }

            @Override
            public Duration every(boolean settled) {
                return settled ? Probe.NEVER : SOON;
            }
        };
    }

    /// The longer all is well the less often it is asked; that it ended is seen at once anyway.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static Probe again(Optional<Cause> unanswered, Look look) {
        return new Probe() {
            private Duration wait = SLOWLY;

            @Override
            public Optional<Cause> look() throws InterruptedException {
                return look.look();
            }

            @Override
            public Optional<Cause> unanswered() {
                return unanswered;
            }

            @Override
            public Optional<Cause> silent() {
                return unanswered;
            }

            @Override
            public Duration every(boolean settled) {
                if (!settled) {
                    wait = SLOWLY;
                    return SOON;
                }
                var now = wait;
                var next = wait.multipliedBy(2);
                wait = next.compareTo(SELDOM) < 0 ? next : SELDOM;
                return now;
            }
        };
    }
}
