package dev.fairlead.cli.text;

import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Paint;
import dev.fairlead.cli.console.Paint.Tone;
import dev.fairlead.deploy.image.ImageStep;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.Plan.Change;
import dev.fairlead.deploy.plan.Plan.Field;
import dev.fairlead.deploy.plan.Plan.Reorder;
import dev.fairlead.deploy.plan.Plan.Restart;
import dev.fairlead.inventory.unit.Edges;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// A plan as a reviewer reads it: what changes per unit, what restarts and why, in which order, and the sum.
public final class PlanText {
    private static final int LONGEST_VALUE = 120;
    private static final int SHORT_HASH = 12;
    private static final int MOST_LINES = 40;

    private final Plan plan;
    private final Paint paint;
    private final Map<UnitName, Stage> stages = new HashMap<>();
    private final Set<UnitName> going = new HashSet<>();

    public PlanText(Plan plan, Paint paint) {
        this.plan = plan;
        this.paint = paint;
        plan.steps().forEach(step -> stages.put(step.unit(), step.stage()));
        plan.changes().stream()
                .filter(change -> change.action() == Action.PRUNE)
                .forEach(change -> going.add(change.unit()));
    }

    /// The whole text, ending in a line break.
    public String text() {
        var out = new StringBuilder();
        if (plan.isEmpty()) {
            out.append("No change: ").append(where()).append(" is as the stack says.\n");
            notes(out);
            out.append(summary()).append('\n');
            return out.toString();
        }
        out.append(paint.of(Tone.STRONG, "Plan for " + where())).append("\n\n");
        images(out);
        units().forEach((unit, todo) -> unit(out, unit, todo));
        out.append("order: ").append(order()).append('\n');
        refusals(out);
        notes(out);
        out.append(summary()).append('\n');
        return out.toString();
    }

    private String where() {
        return plan.environment() + " on " + plan.target();
    }

    /// What is to be done with one unit.
    private record Todo(
            List<Change> changes,
            List<Restart> restarts,
            List<Restart> starts,
            List<Reorder> reorders) {
        Todo() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    /// Units with something to do, in the order of the changes.
    private Map<UnitName, Todo> units() {
        var units = new LinkedHashMap<UnitName, Todo>();
        Function<UnitName, Todo> of = unit -> units.computeIfAbsent(unit, _ -> new Todo());
        plan.changes().stream()
                .filter(change -> change.action() != Action.KEEP)
                .forEach(change -> of.apply(change.unit()).changes().add(change));
        plan.restarts().forEach(restart -> of.apply(restart.unit()).restarts().add(restart));
        plan.starts().forEach(start -> of.apply(start.unit()).starts().add(start));
        plan.reorders().forEach(reorder -> of.apply(reorder.unit()).reorders().add(reorder));
        return units;
    }

    /// Those that are made first.
    private void images(StringBuilder out) {
        var made = plan.images().stream().filter(step -> step.action() != ImageStep.Action.KEEP);
        var lines = new StringBuilder();
        made.forEach(step ->
                lines.append("  ")
                        .append(
                                paint.of(
                                        step.acts() ? Tone.ACTIVE : Tone.BAD,
                                        (step.acts() ? "+ " : "! ") + step.reference()))
                        .append(' ')
                        .append(step.action())
                        .append(": ")
                        .append(Columns.clean(step.why()))
                        .append('\n'));
        if (!lines.isEmpty()) {
            out.append(paint.of(Tone.STRONG, "images")).append('\n').append(lines).append('\n');
        }
    }

    private void unit(StringBuilder out, UnitName unit, Todo todo) {
        out.append(paint.of(Tone.STRONG, unit.value()));
        var stage = stages.get(unit);
        if (stage != null) {
            out.append(" (").append(stage).append(')');
        }
        out.append('\n');
        todo.changes()
                .forEach(change -> {
                    change(out, change);
                    part(out, unit);
                });
        todo.restarts()
                .forEach(restart ->
                        out.append("  restarts: ")
                                .append(Columns.clean(restart.why()))
                                .append('\n'));
        todo.starts()
                .forEach(start ->
                        out.append("  starts: ").append(Columns.clean(start.why())).append('\n'));
        todo.reorders()
                .forEach(reorder ->
                        out.append("  records: ")
                                .append(Columns.clean(reorder.what()))
                                .append(" (nothing restarts)\n"));
        out.append('\n');
    }

    private void change(StringBuilder out, Change change) {
        out.append("  ")
                .append(
                        paint.of(
                                tone(change.action()),
                                sign(change.action()) + " " + change.object()))
                .append(' ')
                .append(change.action());
        change.reason().ifPresent(reason -> out.append(": ").append(Columns.clean(reason)));
        out.append('\n');
        if (change.action() != Action.CREATE && change.action() != Action.PRUNE) {
            change.fields().forEach(field -> out.append("      ").append(line(field)).append('\n'));
        }
    }

    /// What a unit with a plan of its own would do.
    private void part(StringBuilder out, UnitName unit) {
        for (var part : plan.parts()) {
            if (!part.unit().equals(unit)) {
                continue;
            }
            part.lines().stream()
                    .limit(MOST_LINES)
                    .forEach(line ->
                            out.append("      ")
                                    .append(Columns.shortened(Columns.clean(line), LONGEST_VALUE))
                                    .append('\n'));
            int more = part.lines().size() - MOST_LINES;
            if (more > 0) {
                out.append("      and ").append(more).append(" lines more\n");
            }
        }
    }

    private String line(Field field) {
        var path = field.path() + ": ";
        if (field.from().isEmpty()) {
            return path + paint.of(Tone.GOOD, "+ " + value(field.to()));
        }
        if (field.to().isEmpty()) {
            return path + paint.of(Tone.BAD, "- " + value(field.from()));
        }
        return path
                + paint.of(Tone.BAD, value(field.from()))
                + " -> "
                + paint.of(Tone.GOOD, value(field.to()));
    }

    private static String value(Optional<String> value) {
        return Columns.shortened(Columns.clean(value.orElse("")), LONGEST_VALUE);
    }

    /// What starts together, joined by commas; what waits for it, after an arrow.
    private String order() {
        Map<UnitName, Integer> depths = new HashMap<>();
        var waves = new TreeMap<Integer, List<String>>();
        // The units of a stage share what they all wait for.
        var shared = new IdentityHashMap<SortedSet<UnitName>, Integer>();
        for (var step : plan.steps()) {
            int depth =
                    Edges.parts(step.waitsFor()).stream()
                            .mapToInt(
                                    part -> shared.computeIfAbsent(part, _ -> depth(part, depths)))
                            .max()
                            .orElse(0);
            depths.put(step.unit(), depth);
            waves.computeIfAbsent(depth, _ -> new ArrayList<>()).add(name(step.unit()));
        }
        return waves.values().stream()
                .map(wave -> String.join(", ", wave))
                .collect(Collectors.joining(" -> "));
    }

    private static int depth(SortedSet<UnitName> behind, Map<UnitName, Integer> depths) {
        return behind.stream().mapToInt(unit -> depths.getOrDefault(unit, -1) + 1).max().orElse(0);
    }

    private String name(UnitName unit) {
        return going.contains(unit) ? unit + " (goes)" : unit.value();
    }

    private void notes(StringBuilder out) {
        for (var note : plan.notes()) {
            out.append("note: ").append(Columns.clean(note)).append('\n');
        }
    }

    private void refusals(StringBuilder out) {
        for (var refusal : plan.objects().refusals()) {
            out.append(paint.of(Tone.BAD, "refused: "))
                    .append(Columns.clean(refusal.what()))
                    .append("\n  ")
                    .append(Columns.clean(refusal.advice()))
                    .append('\n');
        }
    }

    private String summary() {
        var counts = new TreeMap<Action, Integer>();
        plan.changes().forEach(change -> counts.merge(change.action(), 1, Integer::sum));
        var parts =
                counts.entrySet().stream()
                        .map(entry -> entry.getValue() + count(entry.getKey()))
                        .collect(Collectors.toCollection(ArrayList::new));
        long made = plan.images().stream().filter(ImageStep::acts).count();
        if (made > 0) {
            parts.add(made + (made == 1 ? " image to make" : " images to make"));
        }
        if (!plan.restarts().isEmpty()) {
            parts.add(plan.restarts().size() + " to restart");
        }
        if (!plan.starts().isEmpty()) {
            parts.add(plan.starts().size() + " to start");
        }
        if (!plan.reorders().isEmpty()) {
            parts.add(plan.reorders().size() + " to record");
        }
        var hash = plan.hash();
        parts.add("plan " + hash.substring(0, Math.min(SHORT_HASH, hash.length())));
        return String.join(", ", parts);
    }

    private static String count(Action action) {
        return action == Action.CONFLICT ? " in conflict" : " to " + action;
    }

    private static String sign(Action action) {
        return switch (action) {
            case CREATE -> "+";
            case UPDATE -> "~";
            case RECREATE -> "±";
            case KEEP -> "=";
            case PRUNE -> "-";
            case ADOPT -> ">";
            case CONFLICT -> "!";
        };
    }

    private static Tone tone(Action action) {
        return switch (action) {
            case CREATE, ADOPT -> Tone.GOOD;
            case UPDATE, RECREATE -> Tone.ACTIVE;
            case PRUNE, CONFLICT -> Tone.BAD;
            case KEEP -> Tone.QUIET;
        };
    }
}
