package dev.fairlead.target.local.system;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// The pipe with a name that a process writes its output to. It outlives its reader: what is written while no supervisor
/// reads waits in it (64 KiB), and the next one goes on.
public final class Fifo implements AutoCloseable {
    private static final int RDWR_NONBLOCK_CLOEXEC = 2 | 0x800 | 0x80000;
    private static final int CHUNK = 1 << 16;

    private final Poller poller;
    private final int fd;
    private final Sink sink;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(CHUNK);
    private boolean closed;

    /// Takes what was read; the array is its own.
    public interface Sink {
        void take(byte[] bytes);
    }

    private Fifo(Poller poller, int fd, Sink sink) {
        this.poller = poller;
        this.fd = fd;
        this.sink = sink;
    }

    /// Makes the pipe where there is none yet.
    public static void make(Path path) throws IOException {
        var answer = Libc.mkfifo(path.toString(), 0600);
        if (answer.value() < 0 && answer.errno() != Libc.EEXIST) {
            answer.orThrow("mkfifo " + path);
        }
    }

    /// Starts to read; `sink` is called on the poller's thread and by {@link #drain}, never at once.
    public static Fifo open(Path path, Poller poller, Sink sink) throws IOException {
        int fd = (int) Libc.open(path.toString(), RDWR_NONBLOCK_CLOEXEC, 0).orThrow("open " + path);
        var fifo = new Fifo(poller, fd, sink);
        poller.add(fd, fifo::readOnce);
        return fifo;
    }

    /// Reads everything that is in the pipe now: after the end of a process, so that its last lines are known.
    public synchronized void drain() {
        boolean more = true;
        while (more) {
            more = readChunk();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            drain();
            closed = true;
            poller.remove(fd);
            Libc.close(fd);
            arena.close();
        }
    }

    // One chunk per turn, so that a unit that prints without end does not starve the others.
    private synchronized void readOnce() {
        readChunk();
    }

    private boolean readChunk() {
        if (closed) {
            return false;
        }
        long count = Libc.read(fd, buffer).value();
        if (count <= 0) {
            return false;
        }
        sink.take(buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE));
        return true;
    }
}
