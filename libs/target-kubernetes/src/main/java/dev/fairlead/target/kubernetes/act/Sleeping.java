package dev.fairlead.target.kubernetes.act;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Sleep;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
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
        for (var ref : objects) {
            var at = home.address(ref);
            var tree = at.flatMap(known -> home.ask(() -> home.cluster().find(known)));
            if (tree.isPresent()) {
                Sleep.begin(home, at.orElseThrow(), tree.get()).ifPresent(board::put);
            }
        }
        var deadline = Deadline.in(ENDED, tools.ticker());
        for (var ref : objects) {
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

    private boolean runs(ObjectRef ref) {
        return home.address(ref)
                .flatMap(at -> home.ask(() -> home.cluster().find(at)))
                .flatMap(tree -> Trees.number(tree, "status", "replicas"))
                .filter(number -> number > 0)
                .isPresent();
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
