package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Http;
import dev.fairlead.tests.system.world.Sandbox;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a person does all day with units that run as pods, by the command: a unit without manifests, and one with.
@WithCluster(pods = true)
class PodCommandsIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Pattern LOCAL = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

    private static final String STACK =
            """
            environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: NAMESPACE } }
            secrets: { token: { generate: 24 } }
            images: { box: { type: external, from: "localhost/busybox:1" } }
            services:
              - name: api
                deployGroup: internal
                image: box
                replicas: 2
                podSecurity: baseline
                run:
                  command:
                    - sh
                    - -c
                    - 'mkdir -p /tmp/www; hostname > /tmp/www/index.html; echo serves $GREETING $TOKEN; exec httpd -f -p $PORT -h /tmp/www'
                  env: { PORT: "{{ .Ports.http }}", GREETING: hello, TOKEN: "{{ .Secrets.token }}" }
                  ports: { http: auto }
                  ready: { http: { port: http, path: / }, timeout: 2m }
                  stop: { grace: 1s }
              - { name: once, deployGroup: internal, manifests: [ { path: once.yaml } ] }
            orchestration: { readinessTimeout: 2m }
            """;

    /// Ends once, and stays the second time.
    private static final String ONCE =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: { name: once }
            spec:
              selector: { matchLabels: { app: once } }
              template:
                metadata: { labels: { app: once } }
                spec:
                  terminationGracePeriodSeconds: 0
                  securityContext: { runAsUser: 1000 }
                  volumes: [ { name: kept, emptyDir: {} } ]
                  containers:
                    - name: once
                      image: localhost/busybox:1
                      command: [ sh, -c, 'if [ -e /kept/was ]; then echo second; touch /tmp/up; exec sleep 100000; fi; touch /kept/was; echo first; exit 1' ]
                      readinessProbe: { exec: { command: [ test, -e, /tmp/up ] }, periodSeconds: 1 }
                      volumeMounts: [ { name: kept, mountPath: /kept } ]
            """;

    private static Sandbox sandbox;
    private static Fairlead fairlead;
    private static TestCluster cluster;

    @BeforeAll
    static void up(TestCluster given) {
        cluster = given;
        sandbox = Sandbox.of("");
        sandbox.write(
                "services.yaml", Sandbox.stack(STACK.replace("NAMESPACE", given.namespace())));
        sandbox.write("once.yaml", ONCE);
        fairlead = sandbox.fairlead().with("KUBECONFIG", given.kubeconfig().toString());
        fairlead.done("up", "--detach");
    }

    @AfterAll
    static void down() {
        if (sandbox != null) {
            fairlead.run("down", "--yes");
            sandbox.close();
        }
    }

    @Test
    @Covers({"DEP-01", "DEP-03"})
    void aUnitWithoutManifestsRunsAndANextPlanIsEmpty() {
        var status = fairlead.done("status", "-o", "json").json();
        assertThat(status).containsEntry("state", "ready").containsEntry("target", "kubernetes");
        var render = fairlead.done("render").out();
        assertThat(render)
                .contains("kind: Deployment", "kind: Service", "fairlead.dev/unit: api")
                .contains("readinessProbe:", "name: api-env");
        fairlead.done("plan", "--exit-code");
    }

    @Test
    void logsNameTheirPodMaskSecretsAndKnowTheRunBefore() {
        var lines = fairlead.done("logs", "api").out();
        assertThat(lines.lines()).hasSize(2).allMatch(line -> line.startsWith("api-"));
        assertThat(lines).contains(": serves hello ${secret:").doesNotContain("\u001b");
        var pods = new TreeSet<String>();
        lines.lines().forEach(line -> pods.add(line.substring(0, line.indexOf(':'))));
        assertThat(pods).hasSize(2);
        assertThat(fairlead.done("logs", "once").out()).isEqualTo("second\n");
        assertThat(fairlead.done("logs", "once", "--previous").out()).isEqualTo("first\n");
    }

    @Test
    void execRunsInThePodWithItsEnvironmentAndItsExitCode() {
        var ran = fairlead.run("exec", "api", "--", "sh", "-c", "echo $GREETING; exit 3");
        assertThat(ran.expect(3).out()).isEqualTo("hello\n");
        var missing = fairlead.run("exec", "api", "--", "no-such-program");
        assertThat(missing.exit()).isNotZero();
        assertThat(missing.err()).contains("no-such-program is not in the image of api");
    }

    @Test
    void forwardReachesAPod() throws Exception {
        var forward = fairlead.start("forward", "api");
        try {
            Await.until("an address", LONG, () -> LOCAL.matcher(forward.outSoFar()).find());
            var matcher = LOCAL.matcher(forward.outSoFar());
            assertThat(matcher.find()).isTrue();
            var url = "http://127.0.0.1:" + matcher.group(1) + "/";
            Await.until("an answer", LONG, () -> Http.fetch(url).body().startsWith("api-"));
        } finally {
            forward.process().destroy();
            forward.await();
        }
    }

    @Test
    void openForwardsToAUnitThatNoIngressLeadsTo() throws Exception {
        var open = fairlead.with("BROWSER", "true").start("open", "api");
        try {
            Await.until("an address", LONG, () -> LOCAL.matcher(open.outSoFar()).find());
            var url = open.outSoFar().strip();
            assertThat(url).matches("http://127\\.0\\.0\\.1:\\d+");
            Await.until("an answer", LONG, () -> Http.fetch(url + "/").body().startsWith("api-"));
        } finally {
            open.process().destroy();
            open.await();
        }
        var none = fairlead.run("open", "once");
        assertThat(none.expect(1).err()).contains("once is ready and has no address");
    }

    @Test
    void restartMakesThePodsAnewAndFollowedLogsGoOn() throws Exception {
        var before = pods();
        var logs = fairlead.start("logs", "api", "-f", "-n", "0");
        try {
            fairlead.done("restart", "api");
            Await.until(
                    "other pods alone", LONG, () -> pods().stream().noneMatch(before::contains));
            Await.until(
                    "the line of a new pod",
                    LONG,
                    () -> logs.outSoFar().lines().anyMatch(line -> line.contains("serves hello")));
            fairlead.done("plan", "--exit-code");
        } finally {
            logs.process().destroy();
            logs.await();
        }
    }

    private static Set<String> pods() throws Exception {
        var names = cluster.kubectl("get", "pods", "-l", "fairlead.dev/unit=api", "-o", "name");
        return new TreeSet<>(Arrays.asList(names.strip().split("\n")));
    }
}
