package dev.fairlead.target.kubernetes.access;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A token in a file that somebody else keeps fresh: read again when the server does not accept it any more.
final class TokenFile implements Credentials {
    private final Path path;
    private final Function<Path, String> reader;
    private final Map<String, List<String>> headers;
    private @Nullable Identity current;

    /// @param reader gives the text, or throws the problem
    /// @param headers what else is sent
    TokenFile(Path path, Function<Path, String> reader, Map<String, List<String>> headers) {
        this.path = path;
        this.reader = reader;
        this.headers = headers;
    }

    @Override
    public synchronized Identity current() {
        if (current == null) {
            current = read();
        }
        return current;
    }

    @Override
    public synchronized Optional<Identity> renewed(Identity refused) {
        if (refused.equals(current)) {
            current = read();
        }
        return Optional.of(current()).filter(identity -> !identity.equals(refused));
    }

    private Identity read() {
        return new Identity(
                Headers.with(headers, Headers.bearer(reader.apply(path).strip())),
                Optional.empty());
    }
}
