package dev.fairlead.engine.schema;

import dev.fairlead.deploy.target.Target.Endpoint;
import java.util.Optional;
import java.util.regex.Pattern;

/// A database's URL with the address that this process reaches it by.
final class DialledUrl {
    private static final int PORT = 5432;

    /// Scheme and user, host, port, the rest.
    private static final Pattern FORM =
            Pattern.compile(
                    "((?:jdbc:)?postgres(?:ql)?://(?:[^@/]*@)?)([^:/?,]+)(?::(\\d+))?(|[/?].*)");

    private DialledUrl() {}

    /// The host and port in it; empty for a socket or for several hosts.
    static Optional<Endpoint> endpoint(String url) {
        var match = FORM.matcher(url);
        if (!match.matches()) {
            return Optional.empty();
        }
        var port = match.group(3);
        return Optional.of(
                new Endpoint(match.group(2), port == null ? PORT : Integer.parseInt(port)));
    }

    /// The same database at another address.
    static String at(String url, Endpoint at) {
        var match = FORM.matcher(url);
        if (!match.matches() || endpoint(url).filter(at::equals).isPresent()) {
            return url;
        }
        return match.group(1) + at.host() + ":" + at.port() + match.group(4);
    }
}
