package dev.fairlead.engine.sync;

import dev.fairlead.document.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The digests of files' contents. One that was read is not read again while size, time and the file itself are the same.
final class Digests {
    private static final int PIECE = 1 << 16;

    private final Map<Path, Known> known = new HashMap<>();

    private record Known(long size, long time, Object file, String digest) {
        boolean fits(BasicFileAttributes now) {
            return size == now.size()
                    && time == timeOf(now)
                    && file.equals(String.valueOf(now.fileKey()));
        }
    }

    private static long timeOf(BasicFileAttributes attributes) {
        return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }

    String of(Path file, BasicFileAttributes attributes) throws IOException {
        var before = known.get(file);
        if (before != null && before.fits(attributes)) {
            return before.digest;
        }
        var digest = Digest.sha256();
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[PIECE];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        var read = Digest.hex(digest);
        known.put(
                file,
                new Known(
                        attributes.size(),
                        timeOf(attributes),
                        String.valueOf(attributes.fileKey()),
                        read));
        return read;
    }
}
