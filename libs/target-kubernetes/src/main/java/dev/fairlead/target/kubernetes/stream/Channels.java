package dev.fairlead.target.kubernetes.stream;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.client.Cluster;
import dev.fairlead.target.kubernetes.http.Call;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Several streams over one WebSocket, as the API server has them: each message begins with the number of its channel.
/// Read by one thread, written by others.
final class Channels implements WebSocket.Listener, AutoCloseable {
    private static final Duration WRITE = Duration.ofSeconds(30);

    /// One message; of the channel -1: the connection is over.
    static final class Frame {
        private final int channel;
        private final byte[] content;

        Frame(int channel, byte[] content) {
            this.channel = channel;
            this.content = content;
        }

        int channel() {
            return channel;
        }

        byte[] content() {
            return content;
        }
    }

    private final BlockingQueue<Frame> frames = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private final AtomicBoolean pong = new AtomicBoolean(true);
    private @Nullable WebSocket socket;

    private Channels() {}

    /// @throws dev.fairlead.diagnostic.ProblemException when the server refuses
    static Channels open(Cluster cluster, Call call) throws InterruptedException {
        var channels = new Channels();
        var dialled = cluster.transport().dial(call, channels);
        if (dialled.socket().isEmpty()) {
            throw refused(cluster, call, dialled.reply().status());
        }
        channels.socket = dialled.socket().get();
        return channels;
    }

    // The answer to a handshake has no body that could be read: only its status says why.
    private static RuntimeException refused(Cluster cluster, Call call, int status) {
        var what = "cannot " + call.purpose() + ": ";
        return switch (status) {
            case 403 ->
                    Problem.error(
                                    KubernetesCode.RIGHT_MISSING,
                                    what
                                            + "a right is missing (context "
                                            + cluster.access().context()
                                            + ")")
                            .withHint(
                                    "a role with the verbs \"get\" and \"create\" on \"pods/exec\" and \"pods/portforward\" is needed")
                            .thrown();
            case 404 ->
                    Problem.error(KubernetesCode.OBJECT_MISSING, what + "it is not there").thrown();
            default ->
                    Problem.error(
                                    KubernetesCode.OBJECT_REFUSED,
                                    what
                                            + "the server says "
                                            + status
                                            + "; most often the container does not run")
                            .thrown();
        };
    }

    String protocol() {
        return socket().getSubprotocol();
    }

    /// The next message; empty when nothing came within `limit`.
    Optional<Frame> next(Duration limit) throws InterruptedException {
        var frame = frames.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (frame != null && frame.channel() >= 0) {
            socket().request(1);
        }
        return Optional.ofNullable(frame);
    }

    /// Whether the other side has answered since this was asked last; asks it again.
    boolean answers() {
        boolean answered = pong.getAndSet(false);
        if (answered) {
            var _ = socket().sendPing(ByteBuffer.allocate(0));
        }
        return answered;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        pong.set(true);
        from.request(1);
        return null;
    }

    synchronized void send(int channel, byte[] content, int length)
            throws IOException, InterruptedException {
        var message = ByteBuffer.allocate(length + 1).put((byte) channel).put(content, 0, length);
        try {
            socket().sendBinary(message.flip(), true).get(WRITE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the connection to the pod broke", e);
        }
    }

    private WebSocket socket() {
        if (socket == null) {
            throw new IllegalStateException("not open");
        }
        return socket;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        var part = new byte[data.remaining()];
        data.get(part);
        begun.writeBytes(part);
        if (!last) {
            from.request(1);
            return null;
        }
        var message = begun.toByteArray();
        begun.reset();
        if (message.length == 0) {
            from.request(1);
        } else {
            var content = java.util.Arrays.copyOfRange(message, 1, message.length);
            frames.add(new Frame(message[0], content));
        }
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        frames.add(new Frame(-1, new byte[0]));
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        frames.add(new Frame(-1, new byte[0]));
    }

    @Override
    public void close() {
        if (socket != null) {
            var sent = socket.sendClose(WebSocket.NORMAL_CLOSURE, "");
            if (sent.isCompletedExceptionally()) {
                socket.abort();
            }
        }
    }
}
