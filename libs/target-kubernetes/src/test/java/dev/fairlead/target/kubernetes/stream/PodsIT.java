package dev.fairlead.target.kubernetes.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.target.kubernetes.access.Kubeconfig;
import dev.fairlead.target.kubernetes.client.Cluster;
import dev.fairlead.target.kubernetes.client.ClusterSettings;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.http.Patience;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Running pods: what they print, what runs in them, their ports.
@WithCluster(pods = true)
class PodsIT {
    private static TestCluster real;
    private static Cluster cluster;
    private static ObjectAddress pod;

    @BeforeAll
    static void start(TestCluster given) throws IOException, InterruptedException {
        real = given;
        var access =
                Kubeconfig.read(
                                Map.of("KUBECONFIG", real.kubeconfig().toString()),
                                Clock.systemUTC())
                        .access(Optional.empty());
        cluster = Cluster.connect(access, ClusterSettings.of(Ticker.SYSTEM, Clock.systemUTC()));
        real.kubectlApply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: box}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                    - name: box
                      image: localhost/busybox:1
                      command: [sh, -c, "for i in 1 2 3; do echo line $i; done; mkdir -p /www; echo hello from the pod > /www/index.html; exec httpd -f -p 8080 -h /www"]
                """);
        real.kubectl("wait", "--for=condition=Ready", "pod/box", "--timeout=90s");
        pod = ObjectAddress.of(cluster.discovery().require("v1", "Pod"), real.namespace(), "box");
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void theLogHasItsLinesInOrder() throws InterruptedException {
        var lines = new ArrayList<String>();
        var all = new Logs.Request(pod, "box", false, false, Optional.empty());
        Logs.read(cluster, all, line -> lines.add(line.text()));
        assertThat(lines).containsExactly("line 1", "line 2", "line 3");
        lines.clear();
        var followed = new Logs.Request(pod, "box", true, false, Optional.of(1));
        Logs.read(
                cluster,
                followed,
                line -> {
                    lines.add(line.text());
                    return false;
                });
        assertThat(lines).containsExactly("line 3");
    }

    private record Ran(int status, String output, String errors) {}

    private static Ran run(String input, String... words) throws InterruptedException {
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        int status =
                Exec.run(
                        cluster,
                        new Exec.Command(pod, "box", List.of(words)),
                        new Exec.Streams(
                                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                                output,
                                errors));
        return new Ran(
                status,
                output.toString(StandardCharsets.UTF_8),
                errors.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aCommandInAPodHasItsStatusItsOutputsAndItsInput() throws InterruptedException {
        assertThat(run("", "sh", "-c", "echo out; echo err >&2; exit 3"))
                .isEqualTo(new Ran(3, "out\n", "err\n"));
        var large = "0123456789".repeat(50_000);
        assertThat(run(large, "sh", "-c", "cat; echo end"))
                .isEqualTo(new Ran(0, large + "end\n", ""));
        assertThatThrownBy(() -> run("", "no-such-program"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no-such-program");
    }

    @Test
    void aCommandOnATerminalSeesThatItsSizeHasChanged() throws Exception {
        var output = new ByteArrayOutputStream();
        var asked = new AtomicInteger();
        Exec.Screen screen =
                () ->
                        Optional.of(
                                asked.getAndIncrement() == 0 ? List.of(24, 80) : List.of(40, 100));
        var script =
                "until [ \"$(stty size)\" = '40 100' ]; do stty size; sleep 0.2; done; echo seen";
        int status;
        try (var typed = new PipedOutputStream();
                var keys = new PipedInputStream(typed)) {
            status =
                    Exec.run(
                            cluster,
                            new Exec.Command(
                                    pod, "box", List.of("sh", "-c", script), Optional.of(screen)),
                            new Exec.Streams(keys, output, output));
        }
        assertThat(status).isZero();
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("24 80").endsWith("seen\r\n");
    }

    @Test
    void aWayToThePodThatFallsSilentEndsTheWait() throws Exception {
        var server = URI.create(cluster.access().server().toString());
        try (var way = SilentWay.to(server.getHost(), server.getPort());
                var through = connected(way.port())) {
            var quick = new Exec.Command(pod, "box", List.of("sleep", "2"));
            var none = new ByteArrayOutputStream();
            assertThat(Exec.run(through, quick, new Exec.Streams(noInput(), none, none)))
                    .as("a silent command on a way that answers")
                    .isZero();
            var begun = new ByteArrayOutputStream();
            var endless =
                    new Exec.Command(
                            pod, "box", List.of("sh", "-c", "echo begun; exec sleep 100000"));
            var output =
                    new FilterOutputStream(begun) {
                        @Override
                        public void write(byte[] bytes) throws IOException {
                            super.write(bytes);
                            if (bytes.length > 0) {
                                way.fallSilent();
                            }
                        }
                    };
            assertThatThrownBy(() ->
                            Exec.run(through, endless, new Exec.Streams(noInput(), output, output)))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("nothing answers any more");
            assertThat(begun.toString(StandardCharsets.UTF_8)).isEqualTo("begun\n");
        }
    }

    private static InputStream noInput() {
        return InputStream.nullInputStream();
    }

    /// Over another port of this machine, and soon impatient.
    private static Cluster connected(int port) throws IOException {
        var text = Files.readString(real.kubeconfig());
        var own = Files.createTempFile("way", ".kubeconfig");
        Files.writeString(own, text.replaceAll("https://[^\",}\\s]+", "https://127.0.0.1:" + port));
        var access =
                Kubeconfig.read(Map.of("KUBECONFIG", own.toString()), Clock.systemUTC())
                        .access(Optional.empty());
        var second = Duration.ofSeconds(1);
        var patience = new Patience(Duration.ofSeconds(30), second, second, Duration.ofSeconds(60));
        return Cluster.connect(
                access, ClusterSettings.of(Ticker.SYSTEM, Clock.systemUTC()).waiting(patience));
    }

    @Test
    void aPortOfAPodIsReachedByManyAtATime() throws Exception {
        try (var forward = PortForward.open(cluster, pod, 8080)) {
            var threads = new ArrayList<Thread>();
            var answers = java.util.Collections.synchronizedList(new ArrayList<String>());
            for (int i = 0; i < 8; i++) {
                threads.add(Thread.ofVirtual().start(() -> answers.add(get(forward))));
            }
            for (var thread : threads) {
                thread.join();
            }
            assertThat(answers)
                    .hasSize(8)
                    .allMatch(answer -> answer.contains("hello from the pod"));
        }
    }

    private static String get(PortForward forward) {
        try (var socket = new Socket(forward.address().getAddress(), forward.address().getPort())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void aPortThatNobodyListensOnIsSaid() throws Exception {
        try (var forward = PortForward.open(cluster, pod, 9)) {
            assertThat(get(forward)).doesNotContain("HTTP/1");
            for (int i = 0; i < 100 && forward.failure().isEmpty(); i++) {
                Ticker.SYSTEM.pause(Duration.ofMillis(50));
            }
            assertThat(forward.failure()).contains("9");
        }
    }
}
