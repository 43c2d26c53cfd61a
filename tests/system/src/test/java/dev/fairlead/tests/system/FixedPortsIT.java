package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.tests.system.world.Answering;
import dev.fairlead.tests.system.world.Http;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/// Units that stay and take each other's fixed ports.
class FixedPortsIT {
    private static String unit(String name, String port, String more) {
        return """
          - name: %s
            deployGroup: internal
            run: { command: %s, ports: { http: %s }, ready: { http: { port: http, path: / } }%s }
        """
                .formatted(name, Answering.command("{{ .Ports.http }}", "200", name), port, more);
    }

    private static String stack(String first, String second, String third) {
        return "services:\n" + unit("a", first, "") + unit("b", second, "") + unit("c", third, "");
    }

    @Test
    void threeUnitsThatChangeTheirPortsInACircleComeUp() throws IOException {
        var ports = new String[3];
        try (var one = free();
                var two = free();
                var three = free()) {
            ports[0] = Integer.toString(one.getLocalPort());
            ports[1] = Integer.toString(two.getLocalPort());
            ports[2] = Integer.toString(three.getLocalPort());
        }
        try (var sandbox = Sandbox.of(stack(ports[0], ports[1], ports[2]))) {
            var fairlead = sandbox.fairlead();
            fairlead.done("up", "--detach");
            sandbox.write("services.yaml", Sandbox.stack(stack(ports[1], ports[2], ports[0])));

            assertThat(fairlead.done("plan").out())
                    .contains("it ends before a starts, which takes its port " + ports[1]);
            fairlead.done("up", "--detach");

            assertThat(Status.of(fairlead).allReady()).isTrue();
            assertThat(says(ports[1])).isEqualTo("a");
            assertThat(says(ports[2])).isEqualTo("b");
            assertThat(says(ports[0])).isEqualTo("c");
            assertThat(fairlead.done("plan", "--exit-code").out()).contains("No change");
            fairlead.done("down");
        }
    }

    private static ServerSocket free() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static String says(String port) {
        return Http.fetch("http://127.0.0.1:" + port + "/").body().strip();
    }
}
