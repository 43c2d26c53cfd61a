package dev.fairlead.target.kubernetes.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The lines of an answer that has no end of its own. Read by one thread, which asks for more when it has read what
/// came: a reader that is slow slows the server.
public final class LineFeed implements BodySubscriber<LineFeed>, AutoCloseable {
    private sealed interface Piece {
        record Text(List<String> lines) implements Piece {}

        record End(Optional<Throwable> why) implements Piece {}
    }

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private final CompletableFuture<Subscription> subscription = new CompletableFuture<>();
    private List<String> read = List.of();
    private int at;
    private @Nullable String last;
    private boolean open;
    private Piece.@Nullable End end;

    LineFeed() {}

    /// The next line.
    ///
    /// @throws IOException when the stream is over (`ended` tells) or nothing came within `limit`
    public String next(Duration limit) throws IOException, InterruptedException {
        while (at >= read.size()) {
            if (last != null) {
                var line = last;
                last = null;
                open = true;
                return line;
            }
            if (end != null) {
                throw new Ended(end.why());
            }
            var piece = pieces.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
            switch (piece) {
                case null -> throw new IOException("nothing came for " + limit.toSeconds() + " s");
                case Piece.Text(var lines) -> {
                    read = lines;
                    at = 0;
                    subscription.join().request(1);
                }
                case Piece.End over -> {
                    end = over;
                    // What broke off within a line comes again, or is no line.
                    boolean whole = over.why().isEmpty() && begun.size() > 0;
                    last = whole ? begun.toString(StandardCharsets.UTF_8) : null;
                }
            }
        }
        return read.get(at++);
    }

    /// Whether the line that was read last had no end: the stream was over before it came.
    public boolean isOpen() {
        return open;
    }

    /// The server, or the way to it, ended the stream.
    public static final class Ended extends IOException {
        private final boolean clean;

        private Ended(Optional<Throwable> why) {
            super(why.map(Throwable::toString).orElse("the stream ended"));
            clean = why.isEmpty();
        }

        /// Whether the server ended it in order.
        public boolean clean() {
            return clean;
        }
    }

    @Override
    public CompletionStage<LineFeed> getBody() {
        return CompletableFuture.completedFuture(this);
    }

    @Override
    public void onSubscribe(Subscription wanted) {
        subscription.complete(wanted);
        wanted.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        var lines = new ArrayList<String>();
        for (var buffer : buffers) {
            while (buffer.hasRemaining()) {
                byte one = buffer.get();
                if (one == '\n') {
                    lines.add(begun.toString(StandardCharsets.UTF_8));
                    begun.reset();
                } else {
                    begun.write(one);
                }
            }
        }
        pieces.add(new Piece.Text(lines));
    }

    @Override
    public void onError(Throwable why) {
        pieces.add(new Piece.End(Optional.of(why)));
    }

    @Override
    public void onComplete() {
        pieces.add(new Piece.End(Optional.empty()));
    }

    @Override
    public void close() {
        var _ = subscription.thenAccept(Subscription::cancel);
    }
}
