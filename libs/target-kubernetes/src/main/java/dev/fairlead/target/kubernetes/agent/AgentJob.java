package dev.fairlead.target.kubernetes.agent;

import dev.fairlead.deploy.target.AgentRun.Order;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Makes the Job of a run from the CronJob of its agent, as `kubectl create job --from` does. The CronJob owns it without
/// controlling it: the Job goes when the agent goes, and no schedule has a say in it.
final class AgentJob {
    /// On the Job of a run and on its pod.
    static final String LABEL = "fairlead.dev/run";

    private static final Duration LONGEST = Duration.ofHours(1);

    private final Map<String, Object> cronJob;
    private final String agent;
    private final Order order;

    AgentJob(Map<String, Object> cronJob, Order order) {
        this.cronJob = cronJob;
        this.agent = Trees.text(cronJob, "metadata", "name").orElse("");
        this.order = order;
    }

    String id() {
        return order.id();
    }

    String name() {
        return agent + "-" + order.id();
    }

    /// The container that has the command; of those that others inject beside it nothing is known.
    String container() {
        return agent;
    }

    Duration most() {
        return Trees.number(cronJob, "spec", "jobTemplate", "spec", "activeDeadlineSeconds")
                .map(Duration::ofSeconds)
                .orElse(LONGEST);
    }

    /// How long its pod may take to end.
    Duration grace() {
        return Trees.number(pod(), "terminationGracePeriodSeconds")
                .map(Duration::ofSeconds)
                .orElse(Duration.ofSeconds(30));
    }

    boolean lacksTask() {
        return order.lacksTask(
                containers().stream()
                        .flatMap(one ->
                                Stream.of(
                                                texts(one.get("command")).stream(),
                                                texts(one.get("args")).stream(),
                                                Trees.maps(one, "env").stream()
                                                        .flatMap(variable ->
                                                                Trees.text(variable, "value")
                                                                        .stream()))
                                        .flatMap(texts -> texts)));
    }

    private Map<String, Object> pod() {
        return Trees.map(cronJob, "spec", "jobTemplate", "spec", "template", "spec");
    }

    private List<Map<String, Object>> containers() {
        return Trees.maps(pod(), "containers");
    }

    Map<String, Object> tree() {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", name());
        Trees.text(cronJob, "metadata", "namespace")
                .ifPresent(space -> metadata.put("namespace", space));
        metadata.put("labels", labelled(Trees.map(cronJob, "metadata", "labels")));
        metadata.put("ownerReferences", List.of(owner()));
        var template =
                new LinkedHashMap<>(Trees.map(cronJob, "spec", "jobTemplate", "spec", "template"));
        var inner = new LinkedHashMap<>(Trees.map(template, "metadata"));
        inner.put("labels", labelled(Trees.map(inner, "labels")));
        template.put("metadata", inner);
        var pod = new LinkedHashMap<>(pod());
        pod.put("containers", containers().stream().map(this::container).toList());
        template.put("spec", pod);
        var spec = new LinkedHashMap<>(Trees.map(cronJob, "spec", "jobTemplate", "spec"));
        spec.put("template", template);
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", "batch/v1");
        tree.put("kind", "Job");
        tree.put("metadata", metadata);
        tree.put("spec", spec);
        return tree;
    }

    private Map<String, Object> labelled(Map<String, Object> labels) {
        var all = new LinkedHashMap<>(labels);
        all.put(LABEL, order.id());
        return all;
    }

    private Map<String, Object> owner() {
        var owner = new LinkedHashMap<String, Object>();
        owner.put("apiVersion", "batch/v1");
        owner.put("kind", "CronJob");
        owner.put("name", agent);
        owner.put("uid", Trees.text(cronJob, "metadata", "uid").orElse(""));
        owner.put("blockOwnerDeletion", true); // whoever removes the agent waits for its pods
        return owner;
    }

    private Map<String, Object> container(Map<String, Object> said) {
        if (!agent.equals(said.get("name"))) {
            return said;
        }
        var container = new LinkedHashMap<>(said);
        var env = new ArrayList<Object>();
        var task = new LinkedHashMap<String, Object>();
        task.put("name", Work.Agent.VARIABLE);
        task.put("value", literal(order.task().orElse("")));
        env.add(task); // before those that it is put into
        Trees.maps(said, "env").stream()
                .filter(variable -> !Work.Agent.VARIABLE.equals(variable.get("name")))
                .forEach(env::add);
        container.put("env", env);
        if (!order.arguments().isEmpty()) {
            var args = new ArrayList<>(texts(said.get("args")));
            order.arguments().forEach(word -> args.add(literal(word)));
            container.put("args", args);
        }
        return container;
    }

    /// So that nothing is put in for `$(NAME)` in it.
    private static String literal(String text) {
        return text.replace("$", "$$");
    }

    private static List<String> texts(@org.jspecify.annotations.Nullable Object list) {
        return list instanceof List<?> words
                ? words.stream().map(String::valueOf).toList()
                : List.of();
    }
}
