package dev.fairlead.target.local.supervisor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;

/// Whether a port that gives no answer to plain HTTP speaks TLS: it is greeted as a client of TLS 1.2 would do.
final class TlsLook {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int PATIENCE_MILLIS = 1_000;
    private static final int ALERT = 0x15;
    private static final int HANDSHAKE = 0x16;
    private static final int MAJOR = 0x03;

    /// A record with a ClientHello: version, 32 bytes that are random by name, no session, one cipher suite, no compression.
    private static final byte[] HELLO =
            HexFormat.of()
                    .parseHex(
                            "160301002d0100002903035b90a1d100000000000000000000000000000000000000000000000000000000000002c02f0100");

    private final InetSocketAddress address;
    private long next = System.nanoTime();
    private String words = "";

    TlsLook(InetSocketAddress address) {
        this.address = address;
    }

    /// The end of a sentence, or nothing.
    String words() {
        if (System.nanoTime() - next >= 0) {
            words = speaksTls() ? "; it speaks TLS, and the probe asks without" : "";
            next = System.nanoTime() + EVERY.toNanos();
        }
        return words;
    }

    private boolean speaksTls() {
        try (var socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(HELLO);
            int type = socket.getInputStream().read();
            return (type == ALERT || type == HANDSHAKE) && socket.getInputStream().read() == MAJOR;
        } catch (IOException e) {
            return false;
        }
    }
}
