package dev.fairlead.target.local.wire;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Json;
import dev.fairlead.target.local.state.LocalCode;
import dev.fairlead.target.local.state.Members;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The command's end of a connection to the supervisor.
public final class Connection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;

    private final Socket socket;
    private final BufferedReader reader;
    private final String token;

    private Connection(Socket socket, BufferedReader reader, String token) {
        this.socket = socket;
        this.reader = reader;
        this.token = token;
    }

    public static Connection open(SupervisorFile file) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), file.port()),
                    CONNECT_MILLIS);
            socket.setTcpNoDelay(true);
            var reader =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return new Connection(socket, reader, file.token());
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// Asks and waits for the answer.
    ///
    /// @throws IOException when the supervisor is not there any more, or does not answer in time
    public Map<String, Object> call(
            Map<String, ? extends @Nullable Object> request, Duration atMost) throws IOException {
        var message = new LinkedHashMap<String, @Nullable Object>(request);
        message.put("token", token);
        socket.setSoTimeout(Math.toIntExact(Math.max(1, atMost.toMillis())));
        var bytes = (Json.compact(message) + "\n").getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        var line = reader.readLine();
        if (line == null) {
            throw new IOException("the supervisor closed the connection");
        }
        var answer = Json.readObject(line);
        if (answer.get("problem") instanceof Map<?, ?> problem) {
            throw Problem.error(
                            LocalCode.valueOf(Members.text(problem, "code")),
                            Members.text(problem, "what"))
                    .thrown();
        }
        if (answer.get("defect") instanceof String defect) {
            throw new IllegalStateException("the supervisor failed: " + defect);
        }
        return answer;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            return; // nothing was lost: every answer was read
        }
    }
}
