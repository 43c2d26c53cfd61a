package dev.fairlead.deploy.plan;

import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.graph.GraphTree;
import dev.fairlead.deploy.image.ImageStep;
import dev.fairlead.deploy.kind.KindPlan;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.Plan.Change;
import dev.fairlead.deploy.plan.Plan.Field;
import dev.fairlead.deploy.plan.Plan.Reorder;
import dev.fairlead.deploy.plan.Plan.Restart;
import dev.fairlead.deploy.plan.Plan.Step;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the tree that {@link PlanTree} made of a plan, to show it again.
public final class PlanReader {
    private PlanReader() {}

    /// @param lines what the parts of the plan say to people, by unit: a tree does not have that
    /// @throws IllegalArgumentException when it is not the tree of a plan
    public static Plan read(Map<String, Object> tree, Map<String, List<String>> lines) {
        try {
            return new Plan(
                            word(tree, "hash"),
                            word(tree, "inputHash"),
                            word(tree, "snapshotHash"),
                            new EnvironmentRef(
                                    word(tree, "stack"),
                                    word(tree, "env"),
                                    tree.get("slot") instanceof Number slot ? slot.intValue() : 0),
                            TargetKind.valueOf(word(tree, "target").toUpperCase(Locale.ROOT)),
                            list(tree, "changes", PlanReader::change),
                            steps(tree),
                            list(tree, "restarts", one -> new Restart(unit(one), word(one, "why"))),
                            list(tree, "starts", one -> new Restart(unit(one), word(one, "why"))),
                            list(
                                    tree,
                                    "reorders",
                                    one -> new Reorder(unit(one), word(one, "what"))),
                            list(tree, "parts", one -> part(one, lines)),
                            texts(tree.get("notes")))
                    .with(list(tree, "images", PlanReader::image));
        } catch (NullPointerException e) {
            throw new IllegalArgumentException(e.getMessage() + " is missing", e);
        }
    }

    private static ImageStep image(Map<?, ?> tree) {
        return new ImageStep(
                word(tree, "name"),
                word(tree, "reference"),
                ImageStep.Action.valueOf(word(tree, "action").toUpperCase(Locale.ROOT)),
                text(tree, "digest"),
                word(tree, "reason"));
    }

    private static Change change(Map<?, ?> tree) {
        return new Change(
                unit(tree),
                word(tree, "object"),
                Action.valueOf(word(tree, "action").toUpperCase(Locale.ROOT)),
                list(
                        tree,
                        "fields",
                        field ->
                                new Field(
                                        word(field, "path"),
                                        text(field, "from"),
                                        text(field, "to"))),
                text(tree, "reason"));
    }

    private static KindPlan part(Map<?, ?> tree, Map<String, List<String>> lines) {
        var plan = new LinkedHashMap<String, Object>();
        if (tree.get("plan") instanceof Map<?, ?> members) {
            members.forEach((key, value) -> plan.put(String.valueOf(key), value));
        }
        return new KindPlan(
                unit(tree),
                word(tree, "kind"),
                KindPlan.State.valueOf(word(tree, "state").toUpperCase(Locale.ROOT)),
                word(tree, "reason"),
                plan,
                lines.getOrDefault(word(tree, "unit"), List.of()));
    }

    /// A step names the stages that it waits for as a whole, so the steps are read together.
    private static List<Step> steps(Map<String, Object> tree) {
        var nodes = new TreeMap<String, Object>();
        var order = new ArrayList<UnitName>();
        for (var step : list(tree, "order", one -> one)) {
            var node = new LinkedHashMap<String, Object>();
            step.forEach((key, value) -> node.put(String.valueOf(key), value));
            node.put("timeoutMs", 0);
            nodes.put(word(step, "unit"), node);
            order.add(unit(step));
        }
        Graph graph = GraphTree.read(nodes);
        return order.stream()
                .map(name -> {
                    var node = Objects.requireNonNull(graph.nodes().get(name));
                    return new Step(name, node.stage(), node.waitsFor());
                })
                .toList();
    }

    private static UnitName unit(Map<?, ?> tree) {
        return new UnitName(word(tree, "unit"));
    }

    private static String word(Map<?, ?> tree, String key) {
        return Objects.requireNonNull(tree.get(key), key).toString();
    }

    private static Optional<String> text(Map<?, ?> tree, String key) {
        return Optional.ofNullable(tree.get(key)).map(Object::toString);
    }

    private static List<String> texts(@Nullable Object list) {
        return list instanceof List<?> values
                ? values.stream().map(String::valueOf).toList()
                : List.of();
    }

    private static <T> List<T> list(Map<?, ?> tree, String key, Function<Map<?, ?>, T> read) {
        var items = new ArrayList<T>();
        if (tree.get(key) instanceof List<?> list) {
            for (var item : list) {
                if (item instanceof Map<?, ?> map) {
                    items.add(read.apply(map));
                }
            }
        }
        return items;
    }
}
