package dev.fairlead.target.kubernetes.stream;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.client.Cluster;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.http.Call;
import dev.fairlead.target.kubernetes.http.Call.Repeat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A port of a pod as a local one, until closed. Each connection is one of its own to the pod, so one that breaks takes
/// no other along.
public final class PortForward implements AutoCloseable {
    private static final int DATA = 0;
    private static final int ERROR = 1;
    private static final int PIECE = 32_768;
    private static final int GREETING = 2; // each channel begins with the port
    private static final Duration SLICE = Duration.ofSeconds(1);

    /// How many slices what the pod still has to say may take, once nothing is sent to it any more.
    private static final int LAST_WORDS = 5;

    private final Cluster cluster;
    private final ObjectAddress pod;
    private final int port;
    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile String failure = "";

    private PortForward(Cluster cluster, ObjectAddress pod, int port, ServerSocket server) {
        this.cluster = cluster;
        this.pod = pod;
        this.port = port;
        this.server = server;
    }

    /// @throws dev.fairlead.diagnostic.ProblemException when no local port can be had
    public static PortForward open(Cluster cluster, ObjectAddress pod, int port) {
        try {
            var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            var forward = new PortForward(cluster, pod, port, server);
            Thread.ofVirtual().start(forward::accept);
            return forward;
        } catch (IOException e) {
            throw Problem.error(
                            KubernetesCode.CLUSTER_UNREACHABLE,
                            "no local port for %d of %s: %s".formatted(port, pod, e.getMessage()))
                    .thrown();
        }
    }

    /// The local address.
    public InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /// Why the last connection failed, as the node says; empty when none did.
    public String failure() {
        return failure;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        var call =
                Call.reading(
                                cluster.path(pod.sub("portforward")) + "?ports=" + port,
                                "reach port " + port + " of " + pod)
                        .repeatable(Repeat.NEVER)
                        .accepting(List.of("v4.channel.k8s.io"));
        try (socket;
                var channels = Channels.open(cluster, call)) {
            socket.setTcpNoDelay(true);
            var upward = Thread.ofVirtual().start(() -> upward(socket, channels));
            downward(socket, channels, upward);
            upward.interrupt();
        } catch (ProblemException e) {
            failure = String.valueOf(e.getMessage());
        } catch (IOException e) {
            // One of the two ends has gone; the other sees the end of its stream.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(socket);
        }
    }

    private void downward(Socket socket, Channels channels, Thread upward)
            throws IOException, InterruptedException {
        var greeted = new int[2];
        int quiet = 0;
        while (!socket.isClosed() && quiet < LAST_WORDS) {
            var next = channels.next(SLICE);
            if (next.isEmpty()) {
                // A server that went away in the middle may never say that it did.
                quiet = upward.isAlive() ? 0 : quiet + 1;
                continue;
            }
            quiet = 0;
            var frame = next.get();
            if (frame.channel() < 0) {
                return;
            }
            int channel = frame.channel() == ERROR ? ERROR : DATA;
            int skip = Math.min(frame.content().length, GREETING - greeted[channel]);
            greeted[channel] += skip;
            int length = frame.content().length - skip;
            if (channel == ERROR && length > 0) {
                failure = new String(frame.content(), skip, length, StandardCharsets.UTF_8);
                return;
            }
            socket.getOutputStream().write(frame.content(), skip, length);
        }
        if (quiet > 0 && failure.isEmpty()) {
            failure = "the connection to port " + port + " of " + pod + " broke";
        }
    }

    private static void upward(Socket socket, Channels channels) {
        var piece = new byte[PIECE];
        try {
            var input = socket.getInputStream();
            for (int read = input.read(piece); read >= 0; read = input.read(piece)) {
                channels.send(DATA, piece, read);
            }
            channels.close(); // the protocol knows no half of an end
        } catch (IOException e) {
            // It cannot be sent to any more; why, comes the other way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            // It is closed all the same.
        }
    }
}
