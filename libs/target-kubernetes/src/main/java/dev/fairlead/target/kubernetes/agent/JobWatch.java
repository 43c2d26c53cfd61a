package dev.fairlead.target.kubernetes.agent;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.target.AgentRun.End;
import dev.fairlead.deploy.target.AgentRun.Listener;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Sleep;
import dev.fairlead.target.kubernetes.look.Output;
import dev.fairlead.target.kubernetes.ready.Around;
import dev.fairlead.target.kubernetes.ready.PodCauses;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks at the Job of a run again and again, and passes on what its container prints.
final class JobWatch implements AutoCloseable {
    /// The last lines come within this time of the end, or not at all.
    private static final Duration LAST_LINES = Duration.ofSeconds(10);

    private static final Set<String> NOT_STARTED = Set.of("StartError", "ContainerCannotRun");

    private final Home home;
    private final Output output;
    private final Listener listener;
    private final AgentJob job;
    private @Nullable Thread reader;
    private volatile boolean printed;
    private String told = "";

    JobWatch(Home home, Output output, Listener listener, AgentJob job) {
        this.home = home;
        this.output = output;
        this.listener = listener;
        this.job = job;
    }

    Duration most() {
        return job.most();
    }

    /// How the run ended, once it has.
    ///
    /// @param made the Job as it was made
    Optional<End> look(Map<String, Object> made, Certainty certain) throws InterruptedException {
        var pods = pods();
        var now = home.cluster().find(home.address("batch/v1", ObjectRef.of(made)));
        var pod = pods.stream().findFirst();
        var state = pod.map(this::state).orElse(Map.of());
        boolean ended = !Trees.map(state, "terminated").isEmpty();
        if (pod.isPresent() && (ended || !Trees.map(state, "running").isEmpty())) {
            read(Trees.text(pod.get(), "metadata", "name").orElse(""));
        }
        if (now.isEmpty()) {
            return Optional.of(removed());
        }
        if (isLate(now.get())) {
            return pods.isEmpty() || ended
                    ? Optional.of(afterOutput(new End.TimedOut(most())))
                    : Optional.empty();
        }
        boolean leaving =
                pod.flatMap(one -> Trees.text(one, "metadata", "deletionTimestamp")).isPresent();
        if (ended && !leaving) {
            return Optional.of(afterOutput(end(Trees.map(state, "terminated"))));
        }
        if (isOver(now.get())) {
            return Optional.of(afterOutput(lost(message(now.get()))));
        }
        return reader == null ? stands(now.get(), pods, certain) : Optional.empty();
    }

    boolean hasPods() throws InterruptedException {
        return !pods().isEmpty();
    }

    private List<Map<String, Object>> pods() throws InterruptedException {
        var labelled =
                Selection.of(home.core("Pod"))
                        .in(home.namespace())
                        .labelled(AgentJob.LABEL + "=" + job.id());
        return home.cluster().list(labelled).objects();
    }

    private Map<String, Object> state(Map<String, Object> pod) {
        return Trees.maps(pod, "status", "containerStatuses").stream()
                .filter(status -> job.container().equals(status.get("name")))
                .findFirst()
                .map(status -> Trees.map(status, "state"))
                .orElse(Map.of());
    }

    /// Why it has not started.
    private Optional<End> stands(
            Map<String, Object> now, List<Map<String, Object>> pods, Certainty certain)
            throws InterruptedException {
        var events =
                home.cluster()
                        .list(Selection.of(home.core("Event")).in(home.namespace()))
                        .objects();
        var finding = PodCauses.of(List.of(now), new Around(pods, List.of(), events, events));
        if (finding.isEmpty()) {
            return Optional.empty();
        }
        if (certain.isSure(finding.get())) {
            return Optional.of(new End.Failed(output.with(finding.get())));
        }
        note(finding.get().cause().what());
        return Optional.empty();
    }

    private synchronized void note(String what) {
        if (!what.equals(told)) {
            told = what;
            listener.note(what);
        }
    }

    private void read(String pod) {
        var reading = reader;
        if (reading != null && (printed || reading.isAlive())) {
            return; // a stream that breaks off goes on by itself, once a line of it is known
        }
        reader =
                Thread.ofVirtual()
                        .name("output of " + pod)
                        .start(() -> {
                            try {
                                output.read(
                                        Map.entry(pod, job.container()),
                                        new Output.Wanted(true, false, Optional.empty()),
                                        line -> {
                                            printed = true;
                                            listener.line(line);
                                            return true;
                                        });
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt(); // nobody reads any more
                            } catch (ProblemException e) {
                                note(e.problems().getFirst().what());
                            }
                        });
    }

    private End afterOutput(End end) throws InterruptedException {
        var reading = reader;
        if (reading != null) {
            reading.join(LAST_LINES);
        }
        return end;
    }

    private End end(Map<String, Object> terminated) {
        var reason = Trees.text(terminated, "reason").orElse("");
        if (NOT_STARTED.contains(reason)) {
            return new End.Failed(
                    new Cause(
                            CauseCode.CONTAINER_CONFIG,
                            "its command cannot be started: "
                                    + Trees.text(terminated, "message").orElse(reason),
                            List.of("name a program that its image has"),
                            List.of()));
        }
        if (reason.equals("OOMKilled")) {
            listener.note("it was ended, as it used more memory than its limit");
        }
        return new End.Ended(Trees.number(terminated, "exitCode").orElse(0L).intValue());
    }

    private static boolean isLate(Map<String, Object> now) {
        return conditions(now, "Failed", "FailureTarget")
                .anyMatch(one -> Trees.text(one, "reason").orElse("").equals("DeadlineExceeded"));
    }

    private static boolean isOver(Map<String, Object> now) {
        return conditions(now, "Failed", "Complete").findAny().isPresent();
    }

    private static String message(Map<String, Object> now) {
        return conditions(now, "Failed")
                .findFirst()
                .flatMap(one -> Trees.text(one, "message"))
                .map(text -> "its pod was taken away: " + text)
                .orElse("its pod was taken away");
    }

    private End removed() throws InterruptedException {
        var agent = new ObjectRef("batch", "CronJob", home.namespace(), job.container());
        boolean asleep =
                home.cluster().find(home.address("batch/v1", agent)).filter(Sleep::is).isPresent();
        return asleep
                ? lost(
                        "the environment was put to sleep, and the run was ended with it",
                        "wake it: `fairlead slots wake NUMBER`; then run it again")
                : lost("its Job was removed");
    }

    private static Stream<Map<String, Object>> conditions(
            Map<String, Object> now, String... types) {
        return Trees.maps(now, "status", "conditions").stream()
                .filter(one -> List.of(types).contains(String.valueOf(one.get("type"))))
                .filter(one -> Trees.text(one, "status").orElse("").equals("True"));
    }

    private static End.Failed lost(String what) {
        return lost(what, "see who did it: `kubectl get events`; then run it again");
    }

    private static End.Failed lost(String what, String advice) {
        return new End.Failed(new Cause(CauseCode.OBJECT_GONE, what, List.of(advice), List.of()));
    }

    @Override
    public void close() {
        var reading = reader;
        if (reading != null) {
            reading.interrupt();
        }
    }
}
