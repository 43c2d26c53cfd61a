package dev.fairlead.target.local.pod;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// How it is seen that a process serves: a port of this pod accepts a connection, or answers a GET with success.
///
/// @param path of the GET; none where a connection is enough
public record Listening(int port, Optional<String> path) {
    private static final int MILLIS = 2_000;
    private static final int STATUS_FROM = 9;
    private static final int STATUS_TO = 12;

    boolean now() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MILLIS);
            return path.isEmpty() || answers(socket, path.get());
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean answers(Socket socket, String path) throws IOException {
        socket.setSoTimeout(MILLIS);
        var request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var head =
                new String(socket.getInputStream().readNBytes(STATUS_TO), StandardCharsets.UTF_8);
        return head.startsWith("HTTP/")
                && head.length() == STATUS_TO
                && head.substring(STATUS_FROM).matches("[23]\\d\\d");
    }
}
