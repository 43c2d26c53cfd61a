package dev.fairlead.target.kubernetes.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;

/// Passes connections on, until it keeps everything to itself without ending one: a network that is gone.
final class SilentWay implements AutoCloseable {
    private final ServerSocket listening;
    private final String host;
    private final int port;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean silent;

    private SilentWay(ServerSocket listening, String host, int port) {
        this.listening = listening;
        this.host = host;
        this.port = port;
    }

    static SilentWay to(String host, int port) throws IOException {
        var way =
                new SilentWay(
                        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), host, port);
        Thread.ofVirtual().start(way::accept);
        return way;
    }

    int port() {
        return listening.getLocalPort();
    }

    void fallSilent() {
        silent = true;
    }

    private void accept() {
        try {
            while (true) {
                var from = listening.accept();
                var to = new Socket(host, port);
                Thread.ofVirtual().start(() -> pass(from, to));
                Thread.ofVirtual().start(() -> pass(to, from));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void pass(Socket from, Socket to) {
        var piece = new byte[8_192];
        try (from;
                to) {
            var in = from.getInputStream();
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                if (silent) {
                    end.await();
                    return;
                }
                to.getOutputStream().write(piece, 0, read);
            }
        } catch (IOException e) {
            // One of them is closed, and with it the other.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        listening.close();
    }
}
