package dev.fairlead.engine;

import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.plan.PlanDifference.Side;
import dev.fairlead.deploy.plan.PlanReader;
import dev.fairlead.deploy.plan.Wishes;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.Choice;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A plan as a file: what a person reviewed, and which environment it is for. It is a contract, not a program: applying it
/// plans again and goes on only when the hash is the same.
///
/// @param plan the tree of `plan -o json`
/// @param wanted what it wants each unit to be, masked: what a later plan is compared with
/// @param lines what units of a kind of their own would do, for people
/// @param revision the newest one when it was made; 0 for none. No part of what is compared: only for who reads why another
///     plan is due
public record SavedPlan(
        Choice choice,
        SortedSet<UnitName> only,
        SortedSet<UnitName> skip,
        Wishes wishes,
        Map<String, Object> plan,
        SortedMap<String, Map<String, Object>> wanted,
        SortedMap<String, List<String>> lines,
        long revision) {
    private static final String KIND = "fairlead-plan";

    /// What `plan --out FILE` saves. The environment that was meant is written down, also when it was the default.
    static SavedPlan of(Planned planned, long revision) {
        var ref = planned.environment();
        var asked = planned.request();
        var choice =
                new Choice(
                        Optional.of(ref.name()),
                        ref.slot(),
                        asked.choice().target(),
                        asked.choice().sets(),
                        asked.choice().context());
        var side = planned.side();
        var lines = new TreeMap<String, List<String>>();
        planned.plan().parts().forEach(part -> lines.put(part.unit().value(), part.lines()));
        return new SavedPlan(
                choice,
                asked.only(),
                asked.skip(),
                asked.wishes(),
                side.plan(),
                side.wanted(),
                lines,
                revision);
    }

    /// What it is compared by.
    Side side() {
        return new Side(plan, wanted);
    }

    public String hash() {
        return String.valueOf(plan.get("hash"));
    }

    /// The same request for a stack.
    public Request request(Path stack) {
        return new Request(stack, choice, only, skip, wishes);
    }

    /// The plan, to be shown again.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException when the file does not hold a whole one
    public Plan shown() {
        try {
            return PlanReader.read(plan, lines);
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    /// The file's text.
    public String text() {
        return Json.pretty(tree()) + "\n";
    }

    /// What the file holds.
    public Map<String, Object> tree() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("kind", KIND);
        tree.put("version", 1);
        choice.environment().ifPresent(name -> tree.put("environment", name));
        tree.put("slot", choice.slot());
        choice.target().ifPresent(target -> tree.put("target", target.toString()));
        tree.put("sets", choice.sets());
        tree.put("only", only.stream().map(UnitName::value).toList());
        tree.put("skip", skip.stream().map(UnitName::value).toList());
        choice.context().ifPresent(context -> tree.put("context", context));
        if (!wishes.equals(Wishes.NONE)) {
            tree.put("takeOver", wishes.takeOver());
            tree.put("adopt", wishes.adopt());
        }
        tree.put("revision", revision);
        tree.put("plan", plan);
        tree.put("wanted", wanted);
        if (!lines.isEmpty()) {
            tree.put("lines", lines);
        }
        return tree;
    }

    /// Reads a file's text.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException when it is not a saved plan
    public static SavedPlan read(String text) {
        try {
            var tree = Json.readObject(text);
            if (!KIND.equals(tree.get("kind")) || !(tree.get("plan") instanceof Map<?, ?> plan)) {
                throw new IllegalArgumentException("it is not a plan");
            }
            return new SavedPlan(
                    choice(tree),
                    units(tree.get("only")),
                    units(tree.get("skip")),
                    new Wishes(texts(tree.get("takeOver")), texts(tree.get("adopt"))),
                    object(plan),
                    wanted(tree.get("wanted")),
                    lines(tree.get("lines")),
                    tree.get("revision") instanceof Number number ? number.longValue() : 0);
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private static RuntimeException unreadable(IllegalArgumentException e) {
        return Problem.error(
                        EngineCode.PLAN_FILE_UNREADABLE,
                        "this is not a saved plan: " + e.getMessage())
                .withHint(EngineCode.PLAN_FILE_UNREADABLE.remedy())
                .thrown();
    }

    private static SortedMap<String, List<String>> lines(@Nullable Object units) {
        var lines = new TreeMap<String, List<String>>();
        if (units instanceof Map<?, ?> map) {
            map.forEach((unit, texts) -> {
                if (texts instanceof List<?> list) {
                    lines.put(String.valueOf(unit), list.stream().map(String::valueOf).toList());
                }
            });
        }
        return lines;
    }

    private static SortedMap<String, Map<String, Object>> wanted(@Nullable Object units) {
        var wanted = new TreeMap<String, Map<String, Object>>();
        if (units instanceof Map<?, ?> map) {
            map.forEach((unit, content) -> {
                if (content instanceof Map<?, ?> members) {
                    wanted.put(String.valueOf(unit), object(members));
                }
            });
        }
        return wanted;
    }

    private static Map<String, Object> object(Map<?, ?> members) {
        var copy = new LinkedHashMap<String, Object>();
        members.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    private static Choice choice(Map<String, Object> tree) {
        var sets = new TreeMap<String, String>();
        if (tree.get("sets") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> sets.put(String.valueOf(key), String.valueOf(value)));
        }
        return new Choice(
                Optional.ofNullable(tree.get("environment")).map(Object::toString),
                tree.get("slot") instanceof Number slot ? slot.intValue() : 0,
                Optional.ofNullable(tree.get("target"))
                        .map(word -> TargetKind.valueOf(word.toString().toUpperCase(Locale.ROOT))),
                sets,
                Optional.ofNullable(tree.get("context")).map(Object::toString));
    }

    private static SortedSet<String> texts(@Nullable Object list) {
        var texts = new TreeSet<String>();
        if (list instanceof List<?> items) {
            items.forEach(item -> texts.add(String.valueOf(item)));
        }
        return texts;
    }

    private static SortedSet<UnitName> units(@Nullable Object list) {
        var units = new TreeSet<UnitName>();
        if (list instanceof List<?> names) {
            names.forEach(name -> units.add(new UnitName(String.valueOf(name))));
        }
        return units;
    }
}
