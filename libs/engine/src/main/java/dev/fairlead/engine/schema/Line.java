package dev.fairlead.engine.schema;

import dev.fairlead.deploy.kind.Subject;
import dev.fairlead.deploy.target.Target.Endpoint;
import dev.fairlead.deploy.target.Target.Reach;

/// The way to a database, open until it is closed.
///
/// @param url with the address that this process reaches it by
record Line(Reach reach, String url) implements AutoCloseable {
    private static final Endpoint ANY = new Endpoint("", 0);

    /// To the database of a migrations unit, through its target.
    static Line to(Subject subject) {
        var migrations = subject.unit().migrations().orElseThrow();
        var url = migrations.url().reveal();
        return DialledUrl.endpoint(url)
                .map(endpoint -> subject.dial().dial(migrations.unit(), endpoint))
                .map(reach -> new Line(reach, dialled(url, reach)))
                .orElseGet(() -> direct(url));
    }

    /// To a database whose address is given.
    static Line direct(String url) {
        return new Line(new Reach.Open(ANY, () -> {}), url);
    }

    private static String dialled(String url, Reach reach) {
        return reach instanceof Reach.Open(var at, _) ? DialledUrl.at(url, at) : url;
    }

    @Override
    public void close() {
        reach.close();
    }
}
