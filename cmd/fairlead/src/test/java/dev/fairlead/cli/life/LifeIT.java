package dev.fairlead.cli.life;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.fairlead.cli.Typed;
import dev.fairlead.document.Json;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The life of an environment by the command, with real processes on this machine.
class LifeIT {
    private static final String STACK =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: ServiceStack
            metadata: { name: small }
            spec:
              vars: { greeting: hello }
              secrets:
                token: { generate: 24 }
              environments:
                dev: { target: local, mode: prod }
                prod: { target: local }
              orchestration: { history: 3 }
              services:
                - name: api
                  path: .
                  deployGroup: internal
                  run:
                    command: [ sh, -c, "exec sleep 600" ]
                    env: { GREETING: "{{ .Vars.greeting }}", TOKEN: "{{ .Secrets.token }}", CODED: "{{ .Secrets.token | b64enc }}" }
                - name: web
                  path: .
                  deployGroup: frontend
                  run: { command: [ sleep, "600" ], ports: { http: auto } }
            """;

    private static final String EXTRA =
            """
                - name: extra
                  path: .
                  deployGroup: internal
                  run: { command: [ sleep, "600" ] }
            """;

    @TempDir Path folder;

    @BeforeEach
    void writeStack() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        stack(STACK);
    }

    @AfterEach
    void stop() {
        run("down", "--volumes", "--yes");
        run("down", "--volumes", "--yes", "-e", "prod");
    }

    @Test
    void diffShowsFieldByFieldWhatAPlanWouldChange() throws IOException {
        assertThat(run("diff", "--exit-code").code()).isEqualTo(2);
        up();
        var none = run("diff", "--exit-code");
        assertThat(none.out())
                .isEqualTo("No difference: small/dev on local is as the stack says.\n");
        assertThat(none.code()).isZero();
        stack(STACK.replace("greeting: hello", "greeting: bye"));
        assertThat(run("diff").out())
                .isEqualTo(
                        """
                        small/dev on local: as it is (-), as services.yaml says (+)

                        process/api changes
                          - env.GREETING: hello
                          + env.GREETING: bye

                        1 unit differs
                        """);
        assertThat(run("diff", "--skip", "api", "--exit-code").code()).isZero();
        var shape = run("diff", "-o", "json").json();
        assertThat(shape).containsEntry("differs", true).containsEntry("env", "dev");
        assertThat(run("status", "-o", "json").json()).containsEntry("state", "ready");
    }

    @Test
    void historyTellsWhoDidWhatForHowLongAndShowHasItsSteps() throws IOException {
        up();
        stack(STACK.replace("greeting: hello", "greeting: bye"));
        var second = run("up", "--detach");
        assertThat(second.err()).containsPattern("Took [0-9.]+s, longest api [0-9.]+s");
        var shape = run("history", "-o", "json").json();
        assertThat(shape).containsEntry("revision", 2).containsEntry("revisions", List.of(1, 2));
        var executions = list(shape, "executions");
        assertThat(executions)
                .extracting(one -> one.get("execution"))
                .containsExactly("up-1", "up-2");
        assertThat(executions.getLast())
                .containsEntry("command", "up")
                .containsEntry("outcome", "ready")
                .containsEntry("revision", 2)
                .containsKeys("began", "ms", "plan");
        assertThat(executions.getLast().get("by").toString()).startsWith("fairlead (pid ");
        assertThat(list(executions.getLast(), "units"))
                .singleElement()
                .satisfies(unit ->
                        assertThat(unit)
                                .containsEntry("unit", "api")
                                .containsEntry("end", "ready")
                                .containsKey("ms"));
        assertThat(run("history").out())
                .contains("EXECUTION", "up-2", "2*", "revisions to go back to: 1, 2");
        assertThat(run("show", "up-1").out())
                .contains("up-1: ready", "api   internal", "critical path: api");
        assertThat(run("show", "up-9").err()).contains("error[NO_SUCH_EXECUTION]");
    }

    @Test
    void graphHasEdgesTimesAndTheCriticalPathInEveryForm() throws IOException {
        assertThat(run("graph").out()).endsWith("nothing was started here yet\n");
        up();
        assertThat(run("graph").out()).contains("api *", "web *", "; * critical path: api");
        assertThat(run("graph", "-o", "mermaid").out())
                .startsWith("flowchart LR\n  subgraph internal\n    n_api[\"api<br/>")
                .contains("n_api ==> n_web");
        assertThat(run("graph", "-o", "dot").out())
                .startsWith("digraph \"small/dev\" {")
                .contains("\"api\" -> \"web\" [penwidth=3];");
        var shape = run("graph", "-o", "json").json();
        assertThat(list(shape, "criticalPath"))
                .extracting(link -> link.get("unit"))
                .containsExactly("api", "web");
        stack("not: a stack");
        assertThat(run("graph", "-o", "json").json().get("units")).asInstanceOf(LIST).hasSize(2);
    }

    @Test
    void rollbackGoesBackWithSecretsFromTheStateAndFurtherBackTheNextTime() throws IOException {
        up();
        stack(STACK.replace("greeting: hello", "greeting: two"));
        up();
        stack(STACK.replace("greeting: hello", "greeting: three"));
        up();
        var dry = run("rollback", "--dry-run");
        assertThat(dry.out()).contains("env.GREETING: three -> two", "note: back to revision 2");
        assertThat(environ("api")).contains("GREETING=three");
        var secrets = secrets();
        assertThat(run("rollback").code()).isZero();
        assertThat(environ("api")).contains("GREETING=two");
        assertThat(secrets()).isEqualTo(secrets);
        assertThat(run("history", "-o", "json").json()).containsEntry("revision", 4);
        assertThat(run("show", "4").out())
                .contains("# the same as revision 2", "GREETING: two", "TOKEN: ${secret:token}");
        // Revision 1 is not kept any more: three are.
        var gone = run("rollback");
        assertThat(gone.code()).isEqualTo(1);
        assertThat(gone.err()).contains("error[NO_SUCH_REVISION] there is no revision before 2");
        assertThat(run("rollback", "3").code()).isZero();
        assertThat(environ("api")).contains("GREETING=three");
    }

    @Test
    void aSecretInAnotherFormIsTakenFromTodaysStackOrRefused() throws IOException {
        up();
        stack(STACK.replace("token | b64enc", "token | upper"));
        up();
        var refused = run("rollback");
        assertThat(refused.code()).isEqualTo(6);
        assertThat(refused.err())
                .contains(
                        "error[REVISION_INCOMPLETE] api of revision 1 cannot be made again",
                        "stands in it in another form");
        stack(STACK.replace("greeting: hello", "greeting: bye"));
        assertThat(run("rollback", "1").code()).isZero();
        assertThat(environ("api")).contains("GREETING=hello");
    }

    @Test
    void afterAFailureRollbackGoesToTheNewestRevision() throws IOException {
        up();
        stack(STACK.replace("[ sh, -c, \"exec sleep 600\" ]", "[ \"false\" ]"));
        assertThat(run("up", "--detach").code()).isEqualTo(4);
        assertThat(run("rollback").code()).isZero();
        assertThat(run("status", "-o", "json").json()).containsEntry("state", "ready");
        assertThat(run("show", "2").out()).contains("# the same as revision 1");
    }

    @Test
    void rollbackOnFailureGoesBackByItselfAndBothAreInTheEvents() throws IOException {
        stack(STACK.replace("[ sh, -c, \"exec sleep 600\" ]", "[ \"false\" ]"));
        var first = run("up", "--detach", "--rollback-on-failure");
        assertThat(first.code()).isEqualTo(4);
        assertThat(first.err())
                .contains("Not gone back; everything is left as it is:", "there is no revision");
        stack(STACK);
        up();
        stack(STACK.replace("[ sh, -c, \"exec sleep 600\" ]", "[ \"false\" ]") + EXTRA);
        var failed = run("up", "--detach", "--rollback-on-failure");
        assertThat(failed.code()).isEqualTo(4);
        assertThat(failed.err())
                .contains("Went back to revision 1; what failed was:", "error[EXITED]");
        assertThat(run("status", "-o", "json").json()).containsEntry("state", "ready");
        assertThat(run("status").out()).doesNotContain("extra");
        assertThat(run("history").out())
                .containsPattern("up-3 .*failed")
                .containsPattern("rollback-4 .*ready");
        var json = run("apply", "--yes", "--rollback-on-failure", "-o", "json").json();
        assertThat(json).containsEntry("outcome", "failed").containsKey("rollback");
    }

    @Test
    void pruneSaysWhatIsLeftOverRemovesThatAloneAndAsksWhereItIsProtected() throws IOException {
        stack(STACK + EXTRA);
        up();
        stack(STACK.replace("greeting: hello", "greeting: bye"));
        var dry = run("prune", "--dry-run");
        assertThat(dry.out()).contains("Would be removed:\n  - extra: it left the stack\n");
        assertThat(run("status").out()).contains("extra");
        var pruned = run("prune");
        assertThat(pruned.out()).contains("To be removed:\n  - extra: it left the stack\n");
        assertThat(pruned.code()).isZero();
        assertThat(run("status").out()).doesNotContain("extra");
        assertThat(environ("api")).contains("GREETING=hello");
        assertThat(run("prune").out()).startsWith("Nothing is left over");
        assertThat(run("show", "2").out()).contains("unit: api").doesNotContain("unit: extra");

        stack(STACK + EXTRA);
        assertThat(run("up", "--detach", "-e", "prod", "--yes").code()).isZero();
        stack(STACK);
        var asked = run("prune", "-e", "prod");
        assertThat(asked.code()).isEqualTo(6);
        assertThat(asked.err()).contains("error[UNANSWERED] This environment is protected.");
        assertThat(run("prune", "-e", "prod", "--yes", "-o", "json").json())
                .containsEntry("outcome", "ready");
    }

    @Test
    void driftFindsWhatEndedWhatWasChangedAndWhoStandsInItsPlace()
            throws IOException, InterruptedException {
        up();
        var none = run("drift", "--exit-code");
        assertThat(none.code()).isZero();
        assertThat(none.out())
                .isEqualTo("No drift: small/dev on local is as it was applied (revision 1).\n");
        stack(STACK.replace("greeting: hello", "greeting: bye"));
        assertThat(run("drift", "--exit-code").code()).as("the stack is not looked at").isZero();

        var api = process("api");
        int port = port("web");
        process("web").destroy();
        until(() -> run("drift", "-o", "json").out().contains("\"state\""));
        try (var held = new java.net.ServerSocket()) {
            held.bind(new java.net.InetSocketAddress("127.0.0.1", port));
            var drift = run("drift", "--exit-code");
            assertThat(drift.code()).isEqualTo(2);
            assertThat(drift.out())
                    .contains("web\n  it is failed: ", "- state: running", "+ state: failed")
                    .contains("its port http (" + port + ") is held by java");
            assertThat(run("drift", "--skip", "web", "--exit-code").code()).isZero();
        }
        assertThat(api.isAlive()).isTrue();
        assertThat(run("up", "--detach").code()).isZero();
        assertThat(run("drift", "--exit-code").code()).isZero();
    }

    @Test
    void downTakesAPartWithWhatWaitsForItAndLeavesWhatAnotherNeeds() {
        up();
        assertThat(run("down", "--skip", "web").code()).isZero();
        assertThat(run("status", "-o", "json").json()).containsEntry("state", "ready");
        assertThat(run("down", "--only", "web").out()).contains("stopped: web");
        assertThat(run("status").out()).contains("api").doesNotContain("web");
        up();
        assertThat(run("down", "--only", "api").out()).contains("stopped: api, web");
        assertThat(run("down", "--only", "apy").err()).contains("error[NO_SUCH_UNIT]");
    }

    @Test
    void aSavedPlanIsShownAgainAndRefusedAfterEveryChangeOfWhatLives() throws IOException {
        up();
        stack(STACK.replace("greeting: hello", "greeting: bye"));
        assertThat(run("plan", "--out", "p.plan").code()).isZero();
        assertThat(run("show", "p.plan").out()).isEqualTo(run("plan").out());
        process("web").destroy();
        stack(STACK.replace("greeting: hello", "greeting: other"));
        up();
        stack(STACK.replace("greeting: hello", "greeting: bye"));
        var other = run("apply", "p.plan");
        assertThat(other.code()).isEqualTo(5);
        assertThat(other.err())
                .contains("api (update), as it is applied: env.GREETING was hello, is other now")
                .contains("revision 1 was the newest, 2 is now");
        run("down", "--only", "web");
        assertThat(run("apply", "p.plan").err())
                .contains("web: keep was planned, create is due now");
    }

    @Test
    void aSavedPlanDoesExactlyWhatItShowed() throws IOException {
        up();
        stack(STACK.replace("greeting: hello", "greeting: bye"));
        run("plan", "--out", "p.plan");
        assertThat(run("apply", "p.plan").code()).isZero();
        var events =
                run("events", "-o", "json")
                        .out()
                        .lines()
                        .map(Json::readObject)
                        .filter(event -> "apply-2".equals(event.get("execution")))
                        .filter(event -> "started".equals(event.get("kind")))
                        .map(event -> event.get("unit"))
                        .toList();
        assertThat(events).containsExactly("api");
        assertThat(run("apply", "p.plan").code()).as("it is done already").isEqualTo(5);
    }

    @Test
    @Covers("DEP-04")
    void wrongInputIsAnsweredWithWhatThereIs() {
        assertThat(run("rollback").err())
                .contains("error[NO_SUCH_REVISION]", "nothing was applied");
        assertThat(run("rollback", "two").code()).isEqualTo(1);
        assertThat(run("show", "no-such").err())
                .contains("error[FILE_NOT_FOUND]", "fairlead history");
        assertThat(run("open", "web").err()).contains("error[NO_SUCH_UNIT]", "nothing was started");
        up();
        assertThat(run("open", "api").err()).contains("error[NO_ADDRESS] api is ready and has no");
        assertThat(run("forward", "web", "htpp").err()).contains("did you mean \"http\"?");
        assertThat(run("forward", "web", "99999:http").code()).isEqualTo(1);
        assertThat(run("history", "--only", "web").err()).contains("--only has no meaning");
        assertThat(run("exec", "apy", "--", "true").err()).contains("did you mean \"api\"?");
        assertThat(run("exec", "api", "--", "no-such-program").err())
                .contains("error[NOT_EXECUTED] api: there is no command \"no-such-program\"");
        assertThat(run("open", "web").out()).startsWith("http://127.0.0.1:");
    }

    private void stack(String text) throws IOException {
        Files.writeString(folder.resolve("services.yaml"), text);
    }

    private void up() {
        var up = run("up", "--detach");
        assertThat(up.code()).as(up.err()).isZero();
    }

    private Typed.Answer run(String... arguments) {
        var environment = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin", "HOME", folder.toString());
        return new Typed(folder, environment, Typed.CLOCK).withTime().run(arguments);
    }

    private Map<String, Object> unit(String name) {
        return list(run("status", "-o", "json").json(), "units").stream()
                .filter(unit -> name.equals(unit.get("name")))
                .findFirst()
                .orElseThrow();
    }

    private ProcessHandle process(String unit) {
        return ProcessHandle.of(((Number) unit(unit).get("pid")).longValue()).orElseThrow();
    }

    private int port(String unit) {
        return ((Number) ((Map<?, ?>) unit(unit).get("ports")).get("http")).intValue();
    }

    private List<String> environ(String unit) throws IOException {
        var text = Files.readString(Path.of("/proc/" + process(unit).pid() + "/environ"));
        return List.of(text.split("\0"));
    }

    private List<String> secrets() throws IOException {
        return environ("api").stream()
                .filter(line -> line.startsWith("TOKEN=") || line.startsWith("CODED="))
                .toList();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> tree, String key) {
        return (List<Map<String, Object>>) tree.get(key);
    }

    private static void until(java.util.function.BooleanSupplier what) throws InterruptedException {
        for (int i = 0; i < 200 && !what.getAsBoolean(); i++) {
            dev.fairlead.diagnostic.time.Ticker.SYSTEM.pause(java.time.Duration.ofMillis(50));
        }
    }
}
