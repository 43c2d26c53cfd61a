package dev.fairlead.target.local.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/// Which ports are said to speak TLS.
class TlsLookTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private interface Answer {
        void to(ServerSocket server) throws IOException;
    }

    private static String words(ServerSocket server, Answer answer) throws IOException {
        try (server) {
            var thread =
                    Thread.startVirtualThread(() -> {
                        try {
                            answer.to(server);
                        } catch (IOException e) {
                            // a handshake that does not come about is what is tested
                        }
                    });
            var words = new TlsLook(new InetSocketAddress(HERE, server.getLocalPort())).words();
            thread.interrupt();
            return words;
        }
    }

    @Test
    void aServerOfTlsIsRecognizedWhateverItThinksOfTheGreeting()
            throws IOException, GeneralSecurityException {
        var context = SSLContext.getDefault();
        var server = context.getServerSocketFactory().createServerSocket(0, 1, HERE);
        assertThat(
                        words(
                                server,
                                listening -> {
                                    try (var socket = (SSLSocket) listening.accept()) {
                                        socket.startHandshake(); // it has no certificate
                                    }
                                }))
                .isEqualTo("; it speaks TLS, and the probe asks without");
    }

    @Test
    void whoAnswersInPlainWordsOrNotAtAllDoesNot() throws IOException {
        Answer plain =
                listening -> {
                    try (var socket = listening.accept()) {
                        socket.getOutputStream()
                                .write(
                                        "HTTP/1.1 400 Bad Request\r\n"
                                                .getBytes(StandardCharsets.US_ASCII));
                    }
                };
        assertThat(words(new ServerSocket(0, 1, HERE), plain)).isEmpty();
        assertThat(words(new ServerSocket(0, 1, HERE), listening -> listening.accept().close()))
                .isEmpty();
    }
}
