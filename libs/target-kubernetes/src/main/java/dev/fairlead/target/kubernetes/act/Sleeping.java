package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.target.kubernetes.client.Answer;
import dev.fairlead.target.kubernetes.client.Removal;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Sleep;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts the workloads of a unit to sleep, and wakes them.
final class Sleeping {
    private static final Duration ENDED = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(250);

    private final Home home;
    private final Board board;
    private final Tools tools;

    Sleeping(Home home, Board board, Tools tools) {
        this.home = home;
        this.board = board;
        this.tools = tools;
    }

    /// Answers when their pods have ended; empty for a good end.
    Optional<Cause> begin(Collection<ObjectRef> objects) throws InterruptedException {
        var ending = new ArrayList<>(objects);
        for (var ref : objects) {
            var at = home.address(ref);
            var tree = find(ref);
            if (tree.isPresent()) {
                Sleep.begin(home, at.orElseThrow(), tree.get()).ifPresent(board::put);
                if (ref.kind().equals("CronJob")) {
                    ending.addAll(endWork(tree.get()));
                }
            }
        }
        var deadline = Deadline.in(ENDED, tools.ticker());
        for (var ref : ending) {
            while (runs(ref)) {
                if (deadline.passed()) {
                    return Optional.of(
                            new Cause(
                                    CauseCode.OBJECT_PENDING,
                                    "the pods of %s do not end".formatted(ref.in(home.namespace())),
                                    List.of(
                                            "see what holds them: kubectl get pods, kubectl describe pod"),
                                    List.of()));
                }
                tools.ticker().pause(deadline.slice(POLL));
            }
        }
        return Optional.empty();
    }

    private Optional<Map<String, Object>> find(ObjectRef ref) {
        return home.address(ref).flatMap(at -> home.ask(() -> home.cluster().find(at)));
    }

    /// A Job that was told to go is there until its pods have ended.
    private boolean runs(ObjectRef ref) {
        return find(ref)
                .filter(tree ->
                        Sleep.hasPods(tree)
                                || Trees.text(tree, "metadata", "deletionTimestamp").isPresent())
                .isPresent();
    }

    /// Ends what was made of a CronJob and is at work, the runs of an agent among it: begun again later, nobody would be
    /// there to see how it ends.
    private List<ObjectRef> endWork(Map<String, Object> cronJob) throws InterruptedException {
        var jobs = home.resource(new ObjectRef("batch", "Job", home.namespace(), "-"));
        if (jobs.isEmpty()) {
            return List.of();
        }
        var uid = Trees.text(cronJob, "metadata", "uid");
        var ended = new ArrayList<ObjectRef>();
        var all = home.cluster().list(Selection.of(jobs.get()).in(home.namespace())).objects();
        for (var job : all) {
            boolean own =
                    Trees.maps(job, "metadata", "ownerReferences").stream()
                            .anyMatch(owner -> Trees.text(owner, "uid").equals(uid));
            if (own && !Sleep.isOver(job)) {
                var ref = ObjectRef.of(job);
                var removal =
                        Removal.of(job).whateverChanged().with(Removal.Propagation.FOREGROUND);
                var answer = home.cluster().delete(home.address(ref).orElseThrow(), removal);
                if (answer instanceof Answer.Refused(var refusal) && !refusal.notFound()) {
                    throw refusal.problem().thrown();
                }
                ended.add(ref);
            }
        }
        return ended;
    }

    void end(Collection<ObjectRef> objects) {
        for (var ref : objects) {
            var at = home.address(ref);
            // What is watched already costs no request.
            board.find(ref)
                    .or(() -> at.flatMap(known -> home.ask(() -> home.cluster().find(known))))
                    .filter(Sleep::is)
                    .flatMap(tree -> Sleep.end(home, at.orElseThrow(), tree))
                    .ifPresent(board::put);
        }
    }
}
