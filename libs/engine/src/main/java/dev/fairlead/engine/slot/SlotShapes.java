package dev.fairlead.engine.slot;

import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.slot.Claim;
import dev.fairlead.deploy.slot.Range;
import dev.fairlead.deploy.slot.SlotView;
import dev.fairlead.deploy.slot.Verdict;
import dev.fairlead.engine.Shapes;
import dev.fairlead.engine.slot.SlotDesk.Given;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The documented shapes of `slots … -o json`, as plain trees.
public final class SlotShapes {
    private SlotShapes() {}

    /// `{stack, env, most, idleTtl, slots[]}`
    public static Map<String, Object> list(Range range, List<Collected> slots) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("stack", range.project());
        tree.put("env", range.environment());
        tree.put("most", range.most());
        tree.put("idleTtl", range.idleTtl().toString());
        tree.put("slots", slots.stream().map(SlotShapes::judged).toList());
        return tree;
    }

    /// `{slot, again, collected[]}`
    public static Map<String, Object> given(Given given) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("slot", slot(given.slot()));
        tree.put("again", given.again());
        tree.put("collected", given.collected().stream().map(SlotShapes::judged).toList());
        return tree;
    }

    /// `{dryRun, slots[]}`
    public static Map<String, Object> collected(boolean dryRun, List<Collected> slots) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("dryRun", dryRun);
        tree.put("slots", slots.stream().map(SlotShapes::judged).toList());
        return tree;
    }

    /// `{number, outcome, what, …}`
    public static Map<String, Object> ended(int number, Outcome outcome) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("number", number);
        tree.putAll(Shapes.outcome(outcome));
        tree.remove("version");
        return tree;
    }

    private static Map<String, Object> judged(Collected one) {
        var tree = slot(one.slot());
        tree.put(
                "verdict",
                switch (one.verdict()) {
                    case Verdict.Stays _ -> "stays";
                    case Verdict.Sleeps _ -> "sleeps";
                    case Verdict.Goes _ -> "goes";
                });
        tree.put("why", one.verdict().why());
        if (one.verdict() instanceof Verdict.Stays(_, var until)) {
            until.ifPresent(at -> tree.put("goesAt", at.toString()));
        }
        one.outcome().ifPresent(outcome -> tree.put("outcome", outcome.word()));
        if (!one.problems().isEmpty()) {
            tree.put(
                    "problems",
                    java.util.Objects.requireNonNull(
                            Shapes.problems(one.problems()).get("problems")));
        }
        return tree;
    }

    /// `{number, env, state, owner?, purpose?, taken?, keep, ref?, folder?, unsaved?, lastActivity{at, why}, atWork?, urls{}}`
    public static Map<String, Object> slot(SlotView slot) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("number", slot.number());
        tree.put("env", slot.ref().name());
        tree.put("state", slot.state().toString());
        slot.claim()
                .ifPresent(claim -> {
                    tree.put("owner", claim.owner());
                    tree.put("purpose", claim.purpose());
                    tree.put("taken", claim.taken().toString());
                });
        tree.put("keep", slot.claim().filter(Claim::keep).isPresent());
        slot.claim()
                .flatMap(Claim::checkout)
                .ifPresent(checkout -> tree.put("ref", checkout.ref()));
        slot.folder().ifPresent(folder -> tree.put("folder", folder.toString()));
        slot.unsaved().ifPresent(what -> tree.put("unsaved", what));
        var activity = new LinkedHashMap<String, Object>();
        activity.put("at", slot.activity().at().toString());
        activity.put("why", slot.activity().why());
        tree.put("lastActivity", activity);
        slot.atWork().ifPresent(holder -> tree.put("atWork", holder.description()));
        tree.put("urls", slot.urls());
        return tree;
    }
}
