package dev.fairlead.target.local.supervisor;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Json;
import dev.fairlead.target.local.system.Pause;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Answers commands on a loopback port. A session is a connection that said `hello`; while one is open the supervisor
/// stays.
final class Server {
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

    private final ServerSocket socket;
    private final String token;
    private final Requests requests;
    private final BooleanSupplier nothingLeft;
    private final Runnable end;
    private final AtomicInteger sessions = new AtomicInteger();

    /// @param nothingLeft there is no unit any more
    /// @param end ends this process; called when the last session is over and nothing is left, and for a hand-over
    Server(
            ServerSocket socket,
            String token,
            Requests requests,
            BooleanSupplier nothingLeft,
            Runnable end) {
        this.socket = socket;
        this.token = token;
        this.requests = requests;
        this.nothingLeft = nothingLeft;
        this.end = end;
    }

    static ServerSocket listen() throws IOException {
        return new ServerSocket(0, 64, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    }

    /// Accepts until the process ends. Whatever stands against one connection (no file descriptor is left, say) does not
    /// end what runs.
    void serve() throws InterruptedException {
        while (true) {
            try {
                var connection = socket.accept();
                Thread.startVirtualThread(() -> converse(connection));
            } catch (IOException e) {
                System.err.println("a connection cannot be accepted: " + e.getMessage());
                Pause.of(AFTER_FAILURE);
            }
        }
    }

    /// Ends the process when nobody is connected and nothing is left.
    void endIfIdle() {
        if (sessions.get() == 0 && nothingLeft.getAsBoolean()) {
            end.run();
        }
    }

    private void converse(Socket connection) {
        boolean session = false;
        try (connection) {
            connection.setTcpNoDelay(true);
            var reader =
                    new BufferedReader(
                            new InputStreamReader(
                                    connection.getInputStream(), StandardCharsets.UTF_8));
            String line;
            while ((line = reader.readLine()) != null) {
                var request = Json.readObject(line);
                if (!MessageDigest.isEqual(
                        bytes(token), bytes(String.valueOf(request.get("token"))))) {
                    return; // whoever does not know the token gets no word
                }
                if ("hello".equals(request.get("do")) && !session) {
                    session = true;
                    sessions.incrementAndGet();
                }
                var answer = answer(request);
                connection.getOutputStream().write(bytes(Json.compact(answer) + "\n"));
                connection.getOutputStream().flush();
                if (Boolean.TRUE.equals(answer.get("ending"))) {
                    end.run();
                }
            }
        } catch (IOException e) {
            return; // the command is gone; what it asked for is done or not asked again
        } finally {
            if (session) {
                sessions.decrementAndGet();
                endIfIdle();
            }
        }
    }

    private Map<String, ? extends @Nullable Object> answer(Map<String, Object> request) {
        try {
            return switch (String.valueOf(request.get("do"))) {
                case "hello" -> Map.of("answer", "welcome");
                case "bye" -> Map.of("ending", sessions.get() <= 1 && nothingLeft.getAsBoolean());
                case "handover" -> Map.of("ending", true);
                case String _ -> requests.answer(request);
            };
        } catch (ProblemException e) {
            var problem = e.problems().getFirst();
            return Map.of("problem", Map.of("code", problem.code().name(), "what", problem.what()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of("defect", "interrupted");
        } catch (RuntimeException e) {
            e.printStackTrace(); // into the supervisor's log
            return Map.of("defect", String.valueOf(e));
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
