package dev.fairlead.engine.sync;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.time.Duration;

/// This machine's side, over two streams.
final class Sender {
    private static final int PIECE = 1 << 16;

    private final Checkout checkout;
    private final DataInputStream in;
    private final DataOutputStream out;

    Sender(Checkout checkout, InputStream from, OutputStream to) {
        this.checkout = checkout;
        this.in = new DataInputStream(new BufferedInputStream(from));
        this.out = new DataOutputStream(new BufferedOutputStream(to, PIECE));
    }

    /// Brings everything that differs.
    ///
    /// @throws IOException when the other side is gone, or says why it cannot go on
    Synced round() throws IOException {
        long begun = System.nanoTime();
        var entries = checkout.list();
        Entry.write(entries, out);
        out.flush();
        int wanted = in.readInt();
        var asked = new int[wanted];
        for (int i = 0; i < wanted; i++) {
            asked[i] = in.readInt();
        }
        for (int index : asked) {
            send(entries.get(index));
        }
        out.flush();
        var failure = in.readUTF();
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        int written = in.readInt();
        int deleted = in.readInt();
        long bytes = in.readLong();
        return new Synced(
                entries.size(),
                written,
                deleted,
                bytes,
                Duration.ofNanos(System.nanoTime() - begun));
    }

    /// In pieces, the last of which is empty. One that vanished meanwhile is announced by a length below zero: the next
    /// round has it gone.
    private void send(Entry entry) throws IOException {
        var piece = new byte[PIECE];
        try (var content = checkout.content(entry)) {
            int length = content.read(piece);
            while (length > 0) {
                out.writeInt(length);
                out.write(piece, 0, length);
                length = content.read(piece);
            }
            out.writeInt(0);
        } catch (NoSuchFileException e) {
            out.writeInt(-1);
        }
    }
}
