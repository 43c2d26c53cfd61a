package dev.fairlead.target.kubernetes.agent;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.target.AgentRun.End;
import dev.fairlead.deploy.target.AgentRun.Listener;
import dev.fairlead.deploy.target.AgentRun.Order;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.act.Tools;
import dev.fairlead.target.kubernetes.client.Answer;
import dev.fairlead.target.kubernetes.client.ObjectAddress;
import dev.fairlead.target.kubernetes.client.Removal;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Sleep;
import dev.fairlead.target.kubernetes.look.Output;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Runs agents in a namespace.
public final class AgentJobs {
    private static final Duration LOOK = Duration.ofMillis(400);

    /// The Job has the deadline; whoever watches it gives up a little later, whatever the cluster says.
    private static final Duration SLACK = Duration.ofMinutes(2);

    private static final Set<KubernetesCode> AWAY =
            Set.of(KubernetesCode.CLUSTER_UNREACHABLE, KubernetesCode.CLUSTER_FAILED);

    private final Home home;
    private final Output output;
    private final Tools tools;
    private final Listener listener;

    public AgentJobs(Home home, Output output, Tools tools, Listener listener) {
        this.home = home;
        this.output = output;
        this.tools = tools;
        this.listener = listener;
    }

    /// Runs an agent once, and answers when the run is over.
    ///
    /// @param objects of the agent, as they are
    public End run(UnitName agent, List<Map<String, Object>> objects, Order order)
            throws InterruptedException {
        var cronJob =
                objects.stream().filter(object -> "CronJob".equals(object.get("kind"))).findFirst();
        if (cronJob.isEmpty()) {
            return new End.Refused(
                    agent + " is not there yet, as the environment was not brought up with it",
                    "bring it up: `fairlead up`");
        }
        if (Sleep.is(cronJob.get())) {
            return new End.Refused(
                    "the environment sleeps", "wake it: `fairlead slots wake NUMBER`");
        }
        var job = new AgentJob(cronJob.get(), order);
        if (job.lacksTask()) {
            return order.withoutTask();
        }
        var address =
                home.address(
                        "batch/v1", new ObjectRef("batch", "Job", home.namespace(), job.name()));
        var made = create(address, job);
        listener.begun();
        return watched(address, job, made);
    }

    /// A request whose answer got lost may have been done: the name is this run's alone.
    private Map<String, Object> create(ObjectAddress address, AgentJob job)
            throws InterruptedException {
        try {
            return home.cluster().create(address, job.tree()).orThrow();
        } catch (ProblemException e) {
            if (!isAway(e)) {
                throw e;
            }
            return home.cluster().find(address).orElseThrow(() -> e);
        }
    }

    private End watched(ObjectAddress address, AgentJob job, Map<String, Object> made)
            throws InterruptedException {
        try (var watch = new JobWatch(home, output, listener, job)) {
            try {
                var end = ended(watch, made, Deadline.in(job.most().plus(SLACK), tools.ticker()));
                if (end instanceof End.Failed || end instanceof End.TimedOut) {
                    remove(address, made); // whatever is left of it shall not go on
                }
                return end;
            } catch (InterruptedException e) {
                return interrupted(address, made, watch, job.grace());
            }
        }
    }

    private End ended(JobWatch watch, Map<String, Object> made, Deadline deadline)
            throws InterruptedException {
        boolean told = false;
        var certain = new Certainty(tools.ticker());
        while (!deadline.passed()) {
            try {
                var end = watch.look(made, certain);
                if (end.isPresent()) {
                    return end.get();
                }
                told = false;
            } catch (ProblemException e) {
                if (!isAway(e)) {
                    throw e;
                }
                if (!told) {
                    listener.note(e.problems().getFirst().what() + "; the run goes on meanwhile");
                    told = true;
                }
            }
            tools.ticker().pause(LOOK);
        }
        return new End.TimedOut(watch.most());
    }

    private static boolean isAway(ProblemException e) {
        return e.problems().stream()
                .anyMatch(problem ->
                        problem.code() instanceof KubernetesCode code && AWAY.contains(code));
    }

    /// Its pod is asked to end, and what it prints meanwhile is still shown.
    private End interrupted(
            ObjectAddress address, Map<String, Object> made, JobWatch watch, Duration grace) {
        try {
            remove(address, made);
            var deadline = Deadline.in(grace.plus(SLACK), tools.ticker());
            while (watch.hasPods() && !deadline.passed()) {
                tools.ticker().pause(LOOK);
            }
        } catch (InterruptedException e) {
            return new End.Interrupted(); // asked twice: it ends without being watched
        }
        return new End.Interrupted();
    }

    private void remove(ObjectAddress address, Map<String, Object> made)
            throws InterruptedException {
        var answer = home.cluster().delete(address, Removal.of(made).whateverChanged());
        if (answer instanceof Answer.Refused(var refusal) && !refusal.notFound()) {
            throw refusal.problem().thrown();
        }
    }
}
