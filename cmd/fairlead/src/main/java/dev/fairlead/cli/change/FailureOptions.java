package dev.fairlead.cli.change;

import dev.fairlead.cli.Report;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.TurnOptions;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.engine.Life.WentBack;
import dev.fairlead.engine.Planned;
import dev.fairlead.engine.Shapes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// What to do when a unit fails.
final class FailureOptions {
    @Option(
            names = "--rollback-on-failure",
            description = {
                "When a unit fails or is not ready in time, go back to the last good revision. Never across a schema that",
                "it cannot work with: then everything is left as it is, and the reason is said. The exit code stays 4."
            })
    boolean rollback;

    /// Goes back, where that is asked for and there is something to go back from.
    ///
    /// @return what it adds to the JSON shape
    Map<String, Object> after(Outcome outcome, Planned planned, TurnOptions turn, Session session) {
        if (!rollback) {
            return Map.of();
        }
        var execution = new Execution(session);
        var went = new WentBack[1];
        var life = session.engine().life();
        var tried =
                life.isFailure(outcome)
                        ? Optional.of(
                                execution.watched(
                                        Optional.empty(),
                                        sink -> {
                                            went[0] = life.wentBack(planned, turn.turn(), sink);
                                            return outcome;
                                        }))
                        : Optional.<Outcome>empty();
        return tried.isEmpty() ? Map.of() : Map.of("rollback", said(went[0], session));
    }

    private static Map<String, Object> said(WentBack went, Session session) {
        return switch (went) {
            case WentBack.Refused(var why) -> {
                if (!session.json()) {
                    session.say("Not gone back; everything is left as it is:");
                    Report.text(session.console(), why);
                }
                yield Shapes.problems(why);
            }
            case WentBack.Tried(long revision, Outcome end) -> {
                if (!session.json()) {
                    session.say(
                            end instanceof Outcome.Ready
                                    ? "Went back to revision " + revision + "; what failed was:"
                                    : "The way back to revision " + revision + " failed too:");
                    Report.text(session.console(), end.problems());
                }
                Map<String, Object> shape = new LinkedHashMap<>(Shapes.outcome(end));
                shape.put("revision", revision);
                yield shape;
            }
        };
    }
}
