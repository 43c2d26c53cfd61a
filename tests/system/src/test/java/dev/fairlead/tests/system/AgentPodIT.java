package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testcluster.NodeVolume;
import dev.fairlead.testcluster.TestCluster;
import dev.fairlead.testcluster.WithCluster;
import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Sandbox;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Agents on a node: each run is a Job that has what the pods of the services have, and goes when it is not wanted.
@WithCluster(pods = true)
class AgentPodIT {
    private static final Duration LONG = Duration.ofMinutes(3);

    /// What a process sees: variables, user, and which folders of the workspace it may write to.
    private static final String SEEN =
            "env; echo ---; id; echo ---; grep ' /workspace' /proc/mounts | cut -d' ' -f2,4 | cut -d, -f1";

    /// Set by the shell, or another in each pod.
    private static final Set<String> OWN = Set.of("HOSTNAME", "PWD", "OLDPWD", "SHLVL", "_");

    private static final String STACK =
            """
            environments: { k: { target: kubernetes, mode: prod, namespaceTemplate: NAMESPACE } }
            secrets: { token: { generate: 24 } }
            images: { box: { type: external, from: "localhost/busybox:1" }, none: { type: external, from: "localhost/no-such-image:1" } }
            workspace:
              size: 1Gi
              storageClass: NAMESPACE
              owner: { uid: 1000, gid: 1000 }
              grants: [ { unit: writer, path: out, access: rw }, { unit: api, path: served, access: rw } ]
            components:
              same: { image: box, run: { env: { GREETING: "hello {{ .Env }}", TOKEN: "{{ .Secrets.token }}" } } }
            services:
              - { name: api, deployGroup: internal, use: [ same ], run: { command: [ sleep, "100000" ], stop: { grace: 1s } } }
            agents:
              - { name: seer, use: [ same ], dependsOn: [ api ], run: { command: [ sh, -c, "SEEN" ], timeout: 3m } }
              - name: writer
                use: [ same ]
                run: { command: [ sh, -c, "echo written > /workspace/out/$1; echo more > /workspace/served/file" , x ] }
              - name: coder
                use: [ same ]
                run:
                  command: [ sh, -c, 'echo "$0|$SAID|$FAIRLEAD_TASK|$*"; echo "knows $TOKEN"; pwd; exit 3', "{{ .Task }}" ]
                  env: { SAID: "told {{ .Task }}" }
              - { name: slow, use: [ same ], run: { command: [ sh, -c, "trap 'echo asked; exit 7' TERM; echo begun; while :; do sleep 1; done" ], stop: { grace: 20s } } }
              - { name: late, use: [ same ], run: { command: [ sleep, "100000" ], timeout: 3s, stop: { grace: 1s } } }
              - { name: nowhere, image: none, run: { command: [ work ] } }
              - { name: lost, image: box, run: { command: [ no-such-program ] } }
            orchestration: { readinessTimeout: 3m }
            """;

    private static Sandbox sandbox;
    private static Fairlead fairlead;
    private static TestCluster cluster;
    private static NodeVolume volume;
    private static String namespace;

    @BeforeAll
    static void up(TestCluster given) throws Exception {
        cluster = given;
        namespace = given.namespace() + "-agents";
        volume = NodeVolume.make(given, namespace);
        sandbox = Sandbox.of("");
        sandbox.write(
                "services.yaml",
                Sandbox.stack(STACK.replace("NAMESPACE", namespace).replace("SEEN", SEEN)));
        fairlead = sandbox.fairlead().with("KUBECONFIG", given.kubeconfig().toString());
        var early = fairlead.run("run", "seer").expect(1);
        assertThat(early.err()).contains("error[AGENT_NOT_UP] seer").contains("fairlead up");
        fairlead.done("up", "--detach");
    }

    @AfterAll
    static void down() throws Exception {
        if (sandbox != null) {
            fairlead.run("down", "--yes", "--volumes");
            cluster.kubectl("delete", "namespace", namespace, "--wait=false", "--ignore-not-found");
            sandbox.close();
        }
        if (volume != null) {
            volume.remove();
        }
    }

    /// What was printed of {@link #SEEN}, in its three parts.
    private static List<String> parts(String printed) {
        return Arrays.stream(printed.split("---\n")).map(String::strip).toList();
    }

    private static Map<String, String> variables(String printed) {
        var variables = new TreeMap<String, String>();
        printed.lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> !OWN.contains(pair[0]))
                .forEach(pair -> variables.put(pair[0], pair[1]));
        return variables;
    }

    @Test
    @Covers({"PAR-04", "WS-01"})
    void anAgentSeesWhatAServiceOfTheSlotSees() {
        var service = parts(fairlead.done("exec", "api", "--", "sh", "-c", SEEN).out());
        var agent = parts(fairlead.done("run", "seer").out());

        var ofService = variables(service.get(0));
        var ofAgent = variables(agent.get(0));
        assertThat(ofAgent.remove("FAIRLEAD_TASK")).isEmpty();
        // The output of a run is masked, that of a command on one's own terminal is not.
        assertThat(ofAgent.remove("TOKEN")).startsWith("${secret:");
        assertThat(ofService.remove("TOKEN")).hasSize(24);
        assertThat(ofAgent).isEqualTo(ofService).containsEntry("GREETING", "hello k");
        assertThat(agent.get(1)).isEqualTo(service.get(1)).contains("uid=1000", "gid=1000");
        assertThat(agent.get(2)).isEqualTo("/workspace ro");
        assertThat(service.get(2)).isEqualTo("/workspace ro\n/workspace/served rw");
    }

    @Test
    @Covers({"WS-01", "WS-02"})
    void whatAnAgentMayWriteAServiceSeesAndTheRestItCannotWrite() {
        var wrote = fairlead.run("run", "writer", "--", "result").expect(1);
        assertThat(wrote.out()).contains("/workspace/served/file: Read-only file system");
        assertThat(fairlead.done("exec", "api", "--", "cat", "/workspace/out/result").out())
                .isEqualTo("written\n");
    }

    @Test
    @Covers("PAR-04")
    void theTaskComesAsItIsWrittenAndSecretsDoNotComeOut() throws Exception {
        var task = "say \"it\" $(GREETING) $$ $HOME 'so' \\ ü";
        var words = "$(FAIRLEAD_TASK)";
        var ran = fairlead.run("run", "coder", "--task", task, "--", words).expect(3);
        assertThat(ran.out().lines().toList())
                .hasSize(3)
                .startsWith(task + "|told " + task + "|" + task + "|" + words)
                .endsWith("/workspace")
                .anyMatch(line -> line.startsWith("knows ${secret:"));
        var json = fairlead.run("run", "coder", "--task", "x", "-o", "json").expect(3).json();
        assertThat(json).containsEntry("end", "ended").containsEntry("exitCode", 3);
        var id = String.valueOf(json.get("run"));
        assertThat(fairlead.done("events").out()).contains("run " + id + " ended with 3");
        assertThat(fairlead.done("logs", "coder").out()).contains("coder-" + id, "|told x|");
        var job = cluster.kubectl("-n", namespace, "get", "job", "coder-" + id, "-o", "yaml");
        assertThat(job)
                .contains("restartPolicy: Never", "backoffLimit: 0", "ttlSecondsAfterFinished:")
                .contains("activeDeadlineSeconds: 3600", "automountServiceAccountToken: false");

        fairlead.done("plan", "--exit-code");
        fairlead.done("drift", "--exit-code");
        var without = fairlead.run("run", "coder").expect(1);
        assertThat(without.err()).contains("error[AGENT_NOT_UP]").contains("--task");
    }

    @Test
    void whatCannotStartOrTakesTooLongIsSaid() throws Exception {
        var nowhere = fairlead.start("run", "nowhere");
        var late = fairlead.start("run", "late");
        var lost = fairlead.run("run", "lost").expect(4);
        assertThat(lost.err()).contains("error[AGENT_FAILED] lost").contains("no-such-program");
        assertThat(late.await().expect(4).err()).contains("late did not end within 3 s");
        assertThat(nowhere.await().expect(4).err())
                .contains("error[AGENT_FAILED] nowhere")
                .contains("localhost/no-such-image:1");
        assertThat(jobs("nowhere")).isEmpty();
        Await.until("the end of what was late", LONG, () -> pods("late").isEmpty());
        assertThat(fairlead.done("status", "-o", "json").json()).containsEntry("state", "ready");
    }

    @Test
    void ofTwoRunsAtOnceTheInterruptedOneEndsAndTheOtherGoesWithItsAgent() throws Exception {
        var one = fairlead.start("run", "slow");
        var other = fairlead.start("run", "slow");
        Await.until(
                "both",
                LONG,
                () -> one.outSoFar().contains("begun") && other.outSoFar().contains("begun"));
        assertThat(jobs("slow")).hasSize(2);
        var interrupt = new ProcessBuilder("kill", "-INT", String.valueOf(one.process().pid()));
        assertThat(interrupt.start().waitFor()).isZero();
        assertThat(one.await().expect(130).out()).isEqualTo("begun\nasked\n");
        assertThat(jobs("slow")).hasSize(1);
        assertThat(pods("slow")).hasSize(1);

        other.process().destroyForcibly().waitFor();
        assertThat(pods("slow")).as("a run outlives whoever watched it").hasSize(1);
        var stack = sandbox.read("services.yaml");
        sandbox.write("services.yaml", stack.replaceAll("(?m)^ +- \\{ name: slow.*\n", ""));
        fairlead.done("up", "--detach");
        Await.until("the end of it", LONG, () -> jobs("slow").isEmpty() && pods("slow").isEmpty());
        sandbox.write("services.yaml", stack);
        fairlead.done("up", "--detach");
    }

    private static List<String> jobs(String agent) throws Exception {
        return named("jobs", agent);
    }

    private static List<String> pods(String agent) throws Exception {
        return named("pods", agent);
    }

    private static List<String> named(String kind, String agent) throws Exception {
        return cluster.kubectl(
                        "-n",
                        namespace,
                        "get",
                        kind,
                        "-l",
                        "fairlead.dev/unit=" + agent,
                        "-o",
                        "name")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }
}
