package dev.fairlead.target.local.output;

import dev.fairlead.deploy.mask.Masker;
import dev.fairlead.deploy.mask.Masks;
import dev.fairlead.target.local.system.Fifo;
import dev.fairlead.target.local.system.Poller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// Everything that a unit prints: its process and its builds, as one sequence of lines.
public final class Output {
    private static final int LONGEST_LINE = 16 << 10;

    private final LogFile log;
    private final Masks masks;
    private final Poller poller;

    /// @param file where the lines are kept
    public Output(Path file, Masks masks, Poller poller, Clock clock) {
        this.log = new LogFile(file, clock);
        this.masks = masks;
        this.poller = poller;
    }

    /// A line of Fairlead's own, for who reads the output.
    public void say(String line) {
        log.append(List.of(("[fairlead] " + line).getBytes(StandardCharsets.UTF_8)));
    }

    /// Where the next line comes to lie.
    public String position() throws IOException {
        return log.position();
    }

    public void close() {
        log.close();
    }

    /// Begins to read what a process prints into a FIFO.
    ///
    /// @param kept whether the lines go into the unit's output; what a probe prints does not
    /// @param listener gets every line, on the thread that reads
    public Stream open(Path fifo, boolean kept, Consumer<String> listener) throws IOException {
        return new Stream(fifo, kept, listener);
    }

    /// One FIFO that is read.
    public final class Stream implements AutoCloseable {
        private final boolean kept;
        private final Consumer<String> listener;
        private final Masker masker = new Masker(masks);
        private final LastLines tail = new LastLines();
        private byte[] begun = {};
        private final Fifo fifo;

        @SuppressWarnings(
                "this-escape") // the fifo calls back only after this constructor's last line
        private Stream(Path path, boolean kept, Consumer<String> listener) throws IOException {
            this.kept = kept;
            this.listener = listener;
            this.fifo = Fifo.open(path, poller, this::receive);
        }

        private synchronized void receive(byte[] chunk) {
            take(masker.feed(chunk));
        }

        private void take(byte[] masked) {
            var text = joined(begun, masked);
            var lines = new ArrayList<byte[]>();
            int start = 0;
            for (int i = begun.length; i < text.length; i++) {
                if (text[i] == '\n' || i - start >= LONGEST_LINE) {
                    boolean returned = i > start && text[i - 1] == '\r' && text[i] == '\n';
                    lines.add(Arrays.copyOfRange(text, start, returned ? i - 1 : i));
                    start = text[i] == '\n' ? i + 1 : i;
                }
            }
            begun = Arrays.copyOfRange(text, start, text.length);
            keep(lines);
        }

        private void keep(List<byte[]> lines) {
            if (lines.isEmpty()) {
                return;
            }
            if (kept) {
                log.append(lines);
            }
            for (var line : lines) {
                var text = new String(line, StandardCharsets.UTF_8);
                tail.add(text);
                listener.accept(text);
            }
        }

        /// The last lines, at most 20, with everything that is in the pipe by now. A line without its end counts: the
        /// process that would have ended it is gone.
        public List<String> end() {
            fifo.drain();
            synchronized (this) {
                take(masker.flush());
                if (begun.length > 0) {
                    keep(List.of(begun));
                    begun = new byte[0];
                }
                return tail.list();
            }
        }

        /// The last lines so far.
        public synchronized List<String> lastLines() {
            return tail.list();
        }

        /// Forgets the last lines: what comes belongs to another process.
        public synchronized void begin() {
            tail.clear();
        }

        @Override
        public void close() {
            fifo.close();
        }
    }

    private static byte[] joined(byte[] first, byte[] second) {
        if (first.length == 0) {
            return second;
        }
        var all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
