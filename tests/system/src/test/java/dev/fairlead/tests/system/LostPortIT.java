package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.tests.system.world.Answering;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Http;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Somebody takes the chosen ports after everything was handed over, and before the units are started that they are for.
class LostPortIT {
    private static final String STACK =
            """
            infrastructure:
              - name: gate
                local: { builtin: task, command: [ sh, -c, "touch open; until [ -f taken ]; do sleep 0.1; done" ] }
              - { name: postgres, dependsOn: [ gate ], local: { builtin: postgres, databases: [ trial ] } }
            services:
              - name: api
                deployGroup: internal
                run: { command: %s, ports: { http: auto }, ready: { http: { port: http, path: / } } }
              - name: client
                deployGroup: edge
                run: { command: [ sleep, "1000" ], env: { DATABASE_URL: "{{ .Units.postgres.url }}", API: "{{ .Units.api.url }}" } }
            """
                    .formatted(Answering.command("{{ .Ports.http }}", "200", "here"));

    @Test
    void theSameUpTakesOthers() throws IOException, SQLException {
        try (var sandbox = Sandbox.of(STACK)) {
            var fairlead = sandbox.fairlead();
            var up = fairlead.start("up", "--detach");
            Await.until(
                    "everything is handed over",
                    Duration.ofMinutes(2),
                    () -> Files.exists(sandbox.folder().resolve("open")),
                    up::errSoFar);
            int postgres =
                    URI.create(Rendered.variable(fairlead, "client", "DATABASE_URL")).getPort();
            int api = URI.create(Rendered.variable(fairlead, "client", "API")).getPort();
            try (var _ = held(postgres);
                    var _ = held(api)) {
                sandbox.write("taken", "");
                up.await().expect(0);

                assertThat(fairlead.done("events").out())
                        .contains("port postgres of postgres was " + postgres)
                        .contains("port http of api was " + api);
                var status = Status.of(fairlead);
                assertThat(status.allReady()).as(status.toString()).isTrue();
                assertThat(Http.fetch(status.url("api")).body().strip()).isEqualTo("here");
                assertThat(Rendered.variable(fairlead, "client", "API"))
                        .doesNotContain(Integer.toString(api));
                Database.of(fairlead, "client").run("CREATE TABLE entry (id int)");
                assertThat(fairlead.done("plan", "--exit-code").out()).contains("No change");
            }
            fairlead.done("down");
        }
    }

    /// Holds a port, unless somebody else of this machine does already.
    private static ServerSocket held(int port) throws IOException {
        try {
            return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        } catch (BindException e) {
            return new ServerSocket();
        }
    }
}
