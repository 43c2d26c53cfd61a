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
        assertThat(advice("0/1 nodes are available: 1 Too many pods.")).contains("as they may");
        assertThat(advice("1 node(s) didn't match pod topology spread constraints"))
                .contains("maxSkew");
    }

    @Test
    void aPodWhoseVolumeCannotComeIsNoMatterOfNodes() {
        var said =
                Map.of(
                        "0/1 nodes are available: 1 node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod.",
                        "of one pod alone",
                        "0/2 nodes are available: 1 node(s) had volume node affinity conflict.",
                        "on a node that cannot take it",
                        "1 node(s) didn't find available persistent volumes to bind",
                        "make a volume that fits");
        said.forEach((message, advice) -> {
            var cause = cause(unschedulable(message));
            assertThat(cause.code()).as(message).isEqualTo(CauseCode.VOLUME_UNAVAILABLE);
            assertThat(cause.advice().getFirst()).contains(advice);
        });
    }

    private static Map<String, Object> unschedulable(String message) {
        return tree(
                """
                {"kind":"Pod","metadata":{"name":"p","uid":"p"},"status":{"phase":"Pending","conditions":[
                  {"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"%s"}]}}
                """
                        .formatted(message));
    }

    private static dev.fairlead.deploy.target.Cause cause(Map<String, Object> pod) {
        return PodCauses.of(List.of(pod), new Around(List.of(pod), List.of(), List.of(), List.of()))
                .orElseThrow()
                .cause();
    }

    /// As containerd and the kubelet say it.
    @Test
    @Covers("DEP-03")
    void whyAnImageCannotBePulledSaysWhatToDo() {
        var said =
                Map.of(
                        "failed to authorize: failed to fetch anonymous token: unexpected status from GET request to https://auth.test/token: 401 Unauthorized",
                        "wants a login",
                        "pull access denied, repository does not exist or may require authorization",
                        "wants a login",
                        "failed to resolve reference \\\"r.test/a:1\\\": r.test/a:1: not found",
                        "push it",
                        "dial tcp: lookup r.invalid on 10.0.0.10:53: no such host",
                        "no node can resolve",
                        "dial tcp 10.0.0.1:5000: i/o timeout",
                        "whether the nodes reach it",
                        "http: server gave HTTP response to HTTPS client",
                        "trust the registry",
                        "tls: failed to verify certificate: x509: certificate signed by unknown authority",
                        "trust the registry",
                        "no match for platform in manifest: not found",
                        "for the architecture");
        said.forEach((message, advice) ->
                assertThat(cause(pulling("ErrImagePull", message)).advice().getFirst())
                        .as(message)
                        .contains(advice));
        assertThat(cause(pulling("InvalidImageName", "couldn't parse image name")).advice())
                .first()
                .asString()
                .contains("in lower case");
    }

    private static Map<String, Object> pulling(String reason, String message) {
        return tree(
                """
                {"kind":"Pod","metadata":{"name":"p","uid":"p"},"status":{"phase":"Pending","containerStatuses":[
                  {"name":"c","image":"r.test/a:1","state":{"waiting":{"reason":"%s","message":"%s"}}}]}}
                """
                        .formatted(reason, message));
    }

    @Test
    void whatOthersHaveToDoForAPodIsNamed() {
        var gated =
                tree(
                        """
                        {"kind":"Pod","metadata":{"name":"p","uid":"p"},"spec":{"schedulingGates":[{"name":"team.test/quota"}]},
                         "status":{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"SchedulingGated"}]}}
                        """);
        assertThat(cause(gated).what())
                .isEqualTo("the pod p waits for its scheduling gates team.test/quota");
        var unready =
                tree(
                        """
                        {"kind":"Pod","metadata":{"name":"p","uid":"p"},"status":{"phase":"Running","containerStatuses":[{"name":"c","ready":true,"state":{"running":{}}}],
                          "conditions":[{"type":"Ready","status":"False","reason":"ReadinessGatesNotReady","message":"corresponding condition of pod readiness gate \\"lb.test/up\\" does not exist."}]}}
                        """);
        assertThat(cause(unready).what()).contains("readiness gate \"lb.test/up\"");
    }

    @Test
    void aRolloutThatTakesTooLongIsNoCauseWhereAPodKnowsMore() {
        var late =
                tree(
                        """
                        {"kind":"Deployment","apiVersion":"apps/v1","metadata":{"name":"api","uid":"d","generation":2,
                          "annotations":{"deployment.kubernetes.io/revision":"2"}},"status":{"observedGeneration":2,"conditions":[
                          {"type":"Progressing","status":"False","reason":"ProgressDeadlineExceeded","message":"ReplicaSet api-new has timed out progressing."}]}}
                        """);
        assertThat(PodCauses.of(List.of(late), around(List.of())))
                .get()
                .extracting(found -> found.cause().code())
                .isEqualTo(CauseCode.PROGRESS_DEADLINE);
        var pod =
                tree(
                        """
                        {"kind":"Pod","metadata":{"name":"p","uid":"p","ownerReferences":[{"uid":"new"}]},"status":{"phase":"Running",
                          "containerStatuses":[{"name":"c","ready":false,"state":{"running":{"startedAt":"2026-11-30T10:00:00Z"}}}]}}
                        """);
        var said = List.of(event("p", "Unhealthy", "Readiness probe failed: no cache", "10:00:00"));
        var found =
                PodCauses.of(
                        List.of(late),
                        new Around(List.of(pod), List.of(set("new", 2)), said, said));
        assertThat(found)
                .get()
                .satisfies(one -> {
                    assertThat(one.sure()).isEqualTo(Sure.AT_ONCE);
                    assertThat(one.cause().code()).isEqualTo(CauseCode.PROBE_PENDING);
                    assertThat(one.cause().what())
                            .isEqualTo(
                                    "the pod p: Readiness probe failed: no cache; the rollout did not get on within its progressDeadlineSeconds");
                });
    }

    /// A Job that may try again has not failed; what it says of its last try is told meanwhile.
    @Test
    void aJobThatTriesAgainSaysHowItsLastTryEnded() {
        var job =
                tree(
                        """
                        {"kind":"Job","apiVersion":"batch/v1","metadata":{"name":"load","uid":"j"},"spec":{"backoffLimit":3},
                         "status":{"startTime":"2026-11-30T10:00:00Z","failed":2}}
                        """);
        var pod =
                tree(
                        """
                        {"kind":"Pod","metadata":{"name":"load-x","uid":"x","ownerReferences":[{"uid":"j"}]},"status":{"phase":"Failed",
                          "containerStatuses":[{"name":"c","state":{"terminated":{"exitCode":4}}}]}}
                        """);
        var found =
                PodCauses.of(
                        List.of(job), new Around(List.of(pod), List.of(), List.of(), List.of()));
        assertThat(found)
                .get()
                .satisfies(one -> {
                    assertThat(one.sure()).isEqualTo(Sure.NOT_YET);
                    assertThat(one.cause().what())
                            .isEqualTo(
                                    "Job/load: 2 of 4 tries failed; the container c ended with 4");
                });
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
