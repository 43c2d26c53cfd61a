package dev.fairlead.target.kubernetes.slot;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.client.Selection;
import dev.fairlead.target.kubernetes.home.Home;
import dev.fairlead.target.kubernetes.home.Namespace;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Waits for the end of a namespace, and says what it waits for when it does not come.
final class Leaving {
    private static final Duration MOST = Duration.ofMinutes(3);

    /// Controllers take their finalizers off within seconds; one that did not for so long does not run.
    private static final Duration STUCK = Duration.ofSeconds(10);

    private static final Duration POLL = Duration.ofMillis(300);
    private static final Pattern REMAINING =
            Pattern.compile("([a-z0-9-]+)\\.([a-z0-9.-]*) has \\d+ resource instances");

    private final Home home;
    private final Ticker ticker;

    Leaving(Home home, Ticker ticker) {
        this.home = home;
        this.ticker = ticker;
    }

    /// Returns when it is gone.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException with what blocks it
    void await() {
        var most = Deadline.in(MOST, ticker);
        var stuck = Deadline.in(STUCK, ticker);
        var before = "";
        while (true) {
            var tree = Namespace.look(home);
            if (tree.isEmpty()) {
                return;
            }
            var now = Trees.map(tree.get(), "status").toString();
            if (!now.equals(before) || !isBlocked(tree.get())) {
                before = now;
                stuck = Deadline.in(STUCK, ticker);
            }
            if (stuck.passed() || most.passed()) {
                throw blocked(tree.get());
            }
            var pause = most.slice(POLL);
            home.ask(() -> {
                ticker.pause(pause);
                return true;
            });
        }
    }

    private static boolean isBlocked(Map<String, Object> tree) {
        return Trees.maps(tree, "status", "conditions").stream()
                .anyMatch(condition ->
                        "True".equals(condition.get("status"))
                                && !"NamespaceContentRemaining".equals(condition.get("type")));
    }

    private RuntimeException blocked(Map<String, Object> tree) {
        var why = new TreeSet<String>();
        var objects = new TreeSet<String>();
        for (var condition : Trees.maps(tree, "status", "conditions")) {
            if ("True".equals(condition.get("status"))) {
                var message = Trees.text(condition, "message").orElse("");
                var found = REMAINING.matcher(message).results().toList();
                found.forEach(match -> objects.addAll(held(match)));
                if (found.isEmpty()) {
                    why.add(message);
                }
            }
        }
        var finalizers = Trees.map(tree, "spec").get("finalizers");
        if (why.isEmpty() && finalizers != null) {
            why.add("its finalizers " + finalizers + " are not done");
        }
        return Problem.error(
                        KubernetesCode.NAMESPACE_STUCK,
                        "the namespace %s is being deleted and does not go: %s"
                                .formatted(home.namespace(), String.join("; ", why)))
                .withEvidence(List.copyOf(objects))
                .withHint(KubernetesCode.NAMESPACE_STUCK.remedy())
                .thrown();
    }

    /// The objects of a kind that are still there, each with what holds it.
    private SortedSet<String> held(MatchResult kind) {
        var held = new TreeSet<String>();
        var resources = home.ask(() -> home.cluster().discovery().list());
        resources.stream()
                .filter(one -> one.plural().equals(kind.group(1)))
                .filter(one -> one.group().equals(kind.group(2)))
                .findFirst()
                .ifPresent(resource -> {
                    var selection = Selection.of(resource).in(home.namespace()).onlyMetadata();
                    for (var object : home.ask(() -> home.cluster().list(selection)).objects()) {
                        var name = Trees.text(object, "metadata", "name").orElse("");
                        var by = Trees.map(object, "metadata").get("finalizers");
                        held.add(
                                resource.kind()
                                        + "/"
                                        + name
                                        + (by == null ? "" : " is held by " + by));
                    }
                });
        return held;
    }
}
