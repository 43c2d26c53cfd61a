package dev.fairlead.target.local.state;

import dev.fairlead.document.Digest;
import java.nio.file.Path;
import java.util.Optional;

/// What a build made last, and of which files. A build is a function of its command and the watched files: slots that
/// share a folder share its result, because there is one place for it only.
///
/// @param key of folder and command
public record Build(UnitFolder unit, String key) {
    /// @param command the words that are run
    public static Build of(UnitFolder unit, Path workingDir, String command) {
        return new Build(unit, Digest.ofText(workingDir + "\n" + command).substring(0, 32));
    }

    /// Whether what lies in the folder was built from the files of this digest.
    public boolean isOf(String digest) {
        boolean built = Durable.read(file(unit, key)).equals(Optional.of(digest));
        if (built) {
            mark();
        }
        return built;
    }

    public void keep(String digest) {
        Durable.write(file(unit, key), digest);
        mark();
    }

    /// The unit knows what it has built, so that it can be forgotten with it.
    private void mark() {
        if (!Durable.read(unit.built()).equals(Optional.of(key))) {
            Durable.write(unit.built(), key);
        }
    }

    /// The next start of whoever works in the folder builds anew.
    static void forget(UnitFolder unit) {
        Durable.read(unit.built())
                .filter(key -> key.matches("[0-9a-f]{32}"))
                .ifPresent(key -> Durable.delete(file(unit, key)));
    }

    private static Path file(UnitFolder unit, String key) {
        return unit.environment().home().folder().resolve("builds").resolve(key);
    }
}
