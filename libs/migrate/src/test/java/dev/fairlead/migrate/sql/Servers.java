package dev.fairlead.migrate.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The oldest and the newest server that tests can have: the system's, where there is one, and the one of the jar.
public final class Servers implements AutoCloseable {
    private final List<RealServer> all = new ArrayList<>();

    public Servers(Path folder) throws Exception {
        var system = RealServer.ofTheSystem();
        if (system.isPresent()) {
            all.add(RealServer.start(system.get(), made(folder, "system")));
        } else {
            System.out.println("skipped: the system has no server; only the embedded one is asked");
        }
        var embedded = RealServer.embedded(made(folder, "programs"));
        all.add(RealServer.start(embedded, made(folder, "embedded")));
    }

    private static Path made(Path folder, String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    public List<RealServer> all() {
        return all;
    }

    @Override
    public void close() {
        all.forEach(RealServer::close);
    }
}
