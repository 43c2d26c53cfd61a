package dev.fairlead.engine.schema;

import dev.fairlead.deploy.kind.Subject;
import dev.fairlead.deploy.target.Target.Reach;

/// The way to a unit's database, open until it is closed.
///
/// @param url with the address that this process reaches it by
record Line(Reach reach, String url) implements AutoCloseable {
    static Line to(Subject subject) {
        var migrations = subject.unit().migrations().orElseThrow();
        var url = migrations.url().reveal();
        var endpoint = DialledUrl.endpoint(url);
        if (endpoint.isEmpty()) {
            return new Line(
                    new Reach.Open(new dev.fairlead.deploy.target.Target.Endpoint("", 0), () -> {}),
                    url);
        }
        var reach = subject.dial().dial(migrations.unit(), endpoint.get());
        return new Line(
                reach,
                reach instanceof Reach.Open(var at, _) ? DialledUrl.at(url, at) : url);
    }

    @Override
    public void close() {
        reach.close();
    }
}
