package dev.fairlead.deploy.mask;

import java.io.ByteArrayOutputStream;

/// Frees one stream of secrets, also of those that come in two pieces. What could be the start of a secret is held back
/// until it is known.
public final class Masker {
    private final Masks masks;
    private byte[] held = {};

    public Masker(Masks masks) {
        this.masks = masks;
    }

    /// What is certain of what came so far.
    public byte[] feed(byte[] chunk) {
        var patterns = masks.patterns();
        if (patterns.isEmpty() && held.length == 0) {
            return chunk;
        }
        return scan(joined(chunk), patterns, false);
    }

    /// The rest: nothing more comes.
    public byte[] flush() {
        return scan(joined(new byte[0]), masks.patterns(), true);
    }

    private byte[] joined(byte[] chunk) {
        var all = new byte[held.length + chunk.length];
        System.arraycopy(held, 0, all, 0, held.length);
        System.arraycopy(chunk, 0, all, held.length, chunk.length);
        held = new byte[0];
        return all;
    }

    private byte[] scan(byte[] text, Masks.Patterns patterns, boolean atEnd) {
        var out = new ByteArrayOutputStream(text.length);
        int copied = 0;
        int at = 0;
        while (at < text.length) {
            var candidates = patterns.startingWith(text[at]);
            if (candidates.length == 0) {
                at++;
                continue;
            }
            var found = find(text, at, candidates, atEnd);
            if (found == PARTIAL) {
                out.write(text, copied, at - copied);
                held = java.util.Arrays.copyOfRange(text, at, text.length);
                return out.toByteArray();
            }
            if (found == NOTHING) {
                at++;
                continue;
            }
            out.write(text, copied, at - copied);
            out.writeBytes(found.replacement);
            at += found.bytes.length;
            copied = at;
        }
        out.write(text, copied, text.length - copied);
        return out.toByteArray();
    }

    private static final Masks.Needle PARTIAL = new Masks.Needle(new byte[0], new byte[0]);
    private static final Masks.Needle NOTHING = new Masks.Needle(new byte[0], new byte[0]);

    /// The longest needle at a position; PARTIAL when the text ends within one that is longer still.
    private static Masks.Needle find(
            byte[] text, int at, Masks.Needle[] candidates, boolean atEnd) {
        for (var needle : candidates) {
            var bytes = needle.bytes;
            int length = Math.min(bytes.length, text.length - at);
            boolean same = java.util.Arrays.equals(text, at, at + length, bytes, 0, length);
            if (same && length == bytes.length) {
                return needle;
            }
            if (same && !atEnd) {
                return PARTIAL;
            }
        }
        return NOTHING;
    }
}
