package dev.fairlead.engine.agent;

import dev.fairlead.deploy.target.AgentRun.End;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A run that is over.
///
/// @param id its name beside others of its agent
public record Ran(UnitName agent, String id, End end, Duration took) {
    /// What stands against it; empty when its command came to an end of its own, whichever.
    public Optional<Problem> problem() {
        return switch (end) {
            case End.Ended _ -> Optional.empty();
            case End.TimedOut(var most) ->
                    Optional.of(
                            Problem.error(
                                            AgentCode.AGENT_TIMED_OUT,
                                            "%s did not end within %s and was ended"
                                                    .formatted(agent, seconds(most)))
                                    .withHint(AgentCode.AGENT_TIMED_OUT.remedy()));
            case End.Interrupted _ ->
                    Optional.of(
                            Problem.error(AgentCode.AGENT_INTERRUPTED, agent + " was interrupted"));
            case End.Failed(var why) ->
                    Optional.of(
                            Problem.error(AgentCode.AGENT_FAILED, agent + ": " + why.what())
                                    .withHint(String.join("; ", why.of(agent).advice())));
            case End.Refused(var what, var hint) ->
                    Optional.of(
                            Problem.error(AgentCode.AGENT_NOT_UP, agent + ": " + what)
                                    .withHint(hint));
        };
    }

    /// In one word: `ended`, `timed-out`, `interrupted`, `failed`, `refused`.
    public String word() {
        return switch (end) {
            case End.Ended _ -> "ended";
            case End.TimedOut _ -> "timed-out";
            case End.Interrupted _ -> "interrupted";
            case End.Failed _ -> "failed";
            case End.Refused _ -> "refused";
        };
    }

    /// `{agent, run, end, exitCode?, ms}`
    public Map<String, Object> shape() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("agent", agent.value());
        tree.put("run", id);
        tree.put("end", word());
        if (end instanceof End.Ended(var exitCode)) {
            tree.put("exitCode", exitCode);
        }
        tree.put("ms", took.toMillis());
        return tree;
    }

    /// As it is told in the events.
    String told() {
        return switch (end) {
            case End.Ended(var exitCode) -> "ended with " + exitCode;
            case End.TimedOut(var most) -> "took longer than " + seconds(most) + " and was ended";
            case End.Interrupted _ -> "was interrupted";
            case End.Failed(var why) -> "failed: " + why.what();
            case End.Refused(var what, _) -> "was not begun: " + what;
        };
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }
}
