package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.tests.system.world.Http;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class SlotsIT {
    private static final String STACK =
            """
            environments:
              dev: { target: local }
              ai: { target: local, slots: 2 }
            infrastructure:
              - name: postgres
                local: { builtin: postgres, databases: [ trial ] }
            services:
              - name: page
                deployGroup: frontend
                run: { builtin: static, dir: public, ports: { http: auto } }
              - name: client
                deployGroup: internal
                run: { command: [ sleep, "1000" ], env: { DATABASE_URL: "{{ .Units.postgres.url }}" } }
            """;

    @Test
    void slotsStandSideBySideWithTheirOwnPortsAndDatabases() throws SQLException {
        try (var sandbox = Sandbox.of(STACK)) {
            sandbox.write("public/index.html", "<h1>hello</h1>");
            var fairlead = sandbox.fairlead();
            fairlead.done("up", "--detach", "-e", "ai", "--slot", "1");
            fairlead.done("up", "--detach", "-e", "ai", "--slot", "2");

            var one = Status.of(fairlead, "-e", "ai", "--slot", "1");
            var two = Status.of(fairlead, "-e", "ai", "--slot", "2");
            assertThat(one.allReady() && two.allReady()).isTrue();
            assertThat(one.url("page")).isNotEqualTo(two.url("page"));
            assertThat(Http.fetch(one.url("page") + "/").body()).contains("hello");
            assertThat(Http.fetch(two.url("page") + "/").body()).contains("hello");

            Database.of(fairlead, "client", "-e", "ai", "--slot", "1")
                    .run("CREATE TABLE only_in_one ()");
            try (var other = Database.of(fairlead, "client", "-e", "ai", "--slot", "2").connect();
                    var found = other.getMetaData().getTables(null, null, "only_in_one", null)) {
                assertThat(found.next()).isFalse();
            }

            fairlead.done("down", "-e", "ai", "--slot", "1");
            assertThat(Http.listens(one.unit("page").port("http"))).isFalse();
            assertThat(Http.fetch(two.url("page") + "/").statusCode()).isEqualTo(200);
            Database.of(fairlead, "client", "-e", "ai", "--slot", "2").run("SELECT 1");

            fairlead.done("down", "-e", "ai", "--slot", "2");
            assertThat(Processes.of(sandbox.folder())).isEmpty();
        }
    }
}
