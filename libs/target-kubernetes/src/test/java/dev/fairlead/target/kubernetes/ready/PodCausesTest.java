package dev.fairlead.target.kubernetes.ready;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.document.Json;
import dev.fairlead.target.kubernetes.ready.Finding.Speaker;
import dev.fairlead.target.kubernetes.ready.Finding.Sure;
import dev.fairlead.testkit.Covers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whom a cause belongs to, and what of it is of now. That the causes are found in real pods is CertainFailuresIT's.
class PodCausesTest {
    private static final Map<String, Object> DEPLOYMENT =
            tree(
                    """
                    {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"api","uid":"d","generation":2,
                      "annotations":{"deployment.kubernetes.io/revision":"2"}},"status":{"observedGeneration":2}}
                    """);

    private static Map<String, Object> tree(String json) {
        return Json.readObject(json);
    }

    private static Map<String, Object> set(String uid, int revision) {
        return tree(
                """
                {"kind":"ReplicaSet","metadata":{"name":"api-%1$s","uid":"%1$s","ownerReferences":[{"uid":"d"}],
                  "annotations":{"deployment.kubernetes.io/revision":"%2$d"}}}
                """
                        .formatted(uid, revision));
    }

    private static Map<String, Object> crashing(String name, String set) {
        return tree(
                """
                {"kind":"Pod","metadata":{"name":"%s","uid":"%s","ownerReferences":[{"uid":"%s"}]},"status":{"containerStatuses":[
                  {"name":"c","restartCount":1,"state":{"waiting":{"reason":"CrashLoopBackOff"}},"lastState":{"terminated":{"exitCode":3}}}]}}
                """
                        .formatted(name, name, set));
    }

    private static Around around(List<Map<String, Object>> pods) {
        return new Around(pods, List.of(set("old", 1), set("new", 2)), List.of(), List.of());
    }

    @Test
    @Covers("DEP-03")
    void aPodOfAnEarlierTemplateIsNoCause() {
        var old = around(List.of(crashing("before", "old")));
        assertThat(PodCauses.of(List.of(DEPLOYMENT), old)).isEmpty();
        var both = around(List.of(crashing("before", "old"), crashing("after", "new")));
        assertThat(PodCauses.of(List.of(DEPLOYMENT), both))
                .get()
                .satisfies(found -> {
                    assertThat(found.sure()).isEqualTo(Sure.AT_ONCE);
                    assertThat(found.cause().what())
                            .isEqualTo(
                                    "the container c of after ends again and again with 3 (1 restart)");
                    assertThat(found.speaker()).contains(new Speaker("after", "c", false));
                });
    }

    /// What an init container that was started again prints now is why the pod waits, not what it ended with before.
    @Test
    @Covers("MIG-05")
    void ofAContainerThatRunsItsRunOfNowSpeaks() {
        var pod =
                tree(
                        """
                        {"kind":"Pod","metadata":{"name":"p","uid":"p","ownerReferences":[{"uid":"new"}]},"status":{"phase":"Pending","initContainerStatuses":[
                          {"name":"schema-shop-db","restartCount":1,"state":{"running":{"startedAt":"2026-11-30T10:00:00Z"}},"lastState":{"terminated":{"exitCode":3}}}]}}
                        """);
        assertThat(PodCauses.of(List.of(DEPLOYMENT), around(List.of(pod))))
                .get()
                .satisfies(found -> {
                    assertThat(found.cause().code()).isEqualTo(CauseCode.SCHEMA_MISSING);
                    assertThat(found.speaker()).contains(new Speaker("p", "schema-shop-db", true));
                });
    }

    @Test
    void nothingIsSaidOfAChangeThatItsControllerHasNotSeen() {
        var unseen =
                tree(
                        """
                        {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"api","uid":"d","generation":3,
                          "annotations":{"deployment.kubernetes.io/revision":"2"}},"status":{"observedGeneration":2}}
                        """);
        assertThat(PodCauses.of(List.of(unseen), around(List.of(crashing("after", "new")))))
                .isEmpty();
    }

    @Test
    void anEventIsACauseOnlyWhileItIsOfNow() {
        var set =
                tree(
                        """
                        {"kind":"StatefulSet","apiVersion":"apps/v1","metadata":{"name":"db","uid":"s","generation":1},"status":{"observedGeneration":1}}
                        """);
        var refused = event("s", "FailedCreate", "exceeded quota: small", "10:00:00");
        var made = event("s", "SuccessfulCreate", "create Pod db-0", "10:00:05");
        var was = new Around(List.of(), List.of(), List.of(refused), List.of());
        assertThat(PodCauses.of(List.of(set), was)).isEmpty();
        var mended =
                new Around(List.of(), List.of(), List.of(refused, made), List.of(refused, made));
        assertThat(PodCauses.of(List.of(set), mended)).isEmpty();
        var now = new Around(List.of(), List.of(), List.of(refused), List.of(refused));
        assertThat(PodCauses.of(List.of(set), now))
                .get()
                .extracting(found -> found.cause().code())
                .isEqualTo(CauseCode.QUOTA_EXCEEDED);
    }

    /// Seen on a machine with much to do: the node's next try comes after the time that counts as lasting.
    @Test
    void aVolumeThatTheNodeMayNotSeeYetIsNoCertainFailure() {
        assertThat(sureOf("no relationship found between node 'node1' and this object"))
                .isEqualTo(Sure.NOT_YET);
        assertThat(sureOf("persistentvolumeclaim data not found")).isEqualTo(Sure.WHEN_IT_LASTS);
    }

    private static Sure sureOf(String message) {
        var pod =
                tree(
                        """
                        {"kind":"Pod","metadata":{"name":"api","uid":"p","ownerReferences":[{"uid":"new"}]},"status":{"phase":"Pending"}}
                        """);
        var said = List.of(event("p", "FailedMount", message, "10:00:00"));
        var around = new Around(List.of(pod), List.of(set("new", 2)), said, said);
        return PodCauses.of(List.of(DEPLOYMENT), around).orElseThrow().sure();
    }

    private static Map<String, Object> event(
            String uid, String reason, String message, String time) {
        return tree(
                """
                {"kind":"Event","metadata":{"uid":"%s-%s"},"involvedObject":{"uid":"%s"},"reason":"%s","message":"%s","lastTimestamp":"2026-11-30T%sZ"}
                """
                        .formatted(uid, reason, uid, reason, message, time));
    }

    @Test
    void theSchedulersWordsBecomeAdvice() {
        assertThat(advice("0/1 nodes are available: 1 Insufficient memory."))
                .isEqualTo(
                        "lower resources.requests.memory of its containers, or free or add a node");
        assertThat(
                        advice(
                                "0/1 nodes are available: 1 node(s) had untolerated taint {gpu: true}. preemption: …"))
                .startsWith("give its pods a toleration of the taint gpu");
        assertThat(advice("1 node(s) didn't have free ports for the requested pod ports"))
                .contains("hostPort");
    }

    private static String advice(String message) {
        var pod =
                tree(
                        """
                        {"kind":"Pod","metadata":{"name":"p","uid":"p"},"status":{"phase":"Pending","conditions":[
                          {"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"%s"}]}}
                        """
                                .formatted(message));
        var found =
                PodCauses.of(
                        List.of(pod), new Around(List.of(pod), List.of(), List.of(), List.of()));
        assertThat(found)
                .get()
                .extracting(one -> one.cause().code())
                .isEqualTo(CauseCode.UNSCHEDULABLE);
        return found.orElseThrow().cause().advice().getFirst();
    }

    @Test
    void aClaimThatWaitsForItsFirstUserIsAsFarAsItCanBe() {
        var claim =
                tree(
                        """
                        {"kind":"PersistentVolumeClaim","metadata":{"name":"data","uid":"v"},"status":{"phase":"Pending"}}
                        """);
        var waits = event("v", "WaitForFirstConsumer", "waiting", "10:00:00");
        var failed = event("v", "ProvisioningFailed", "no", "10:00:01");
        assertThat(new Around(List.of(), List.of(), List.of(waits), List.of()).isAwaited(claim))
                .isTrue();
        assertThat(
                        new Around(List.of(), List.of(), List.of(waits, failed), List.of())
                                .isAwaited(claim))
                .isFalse();
    }
}
