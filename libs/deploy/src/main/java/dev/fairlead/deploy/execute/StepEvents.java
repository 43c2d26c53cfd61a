package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.event.EventLog;
import dev.fairlead.deploy.execute.Steps.Ended;
import dev.fairlead.deploy.time.Ticker;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Tells the stream of events what the steps do.
final class StepEvents implements StepRunner.Listener {
    private static final int MOST_NAMED = 8;

    private final EventLog log;
    private final Ticker ticker;
    private final Function<UnitName, String> begins;
    private final Kind good;
    private final String word;
    private final Map<UnitName, Long> began = new HashMap<>();

    /// @param begins what is said when a unit's step begins
    /// @param good the kind of event at a good end, and its `word`
    StepEvents(
            EventLog log,
            Ticker ticker,
            Function<UnitName, String> begins,
            Kind good,
            String word) {
        this.log = log;
        this.ticker = ticker;
        this.begins = begins;
        this.good = good;
        this.word = word;
    }

    /// Says for each unit that cannot begin at once what it waits for.
    void waiting(Steps steps) {
        var part = steps.graph().within(steps.acting());
        for (var unit : part.order()) {
            var node = part.nodes().get(unit);
            if (node != null && !node.waitsFor().isEmpty()) {
                var names =
                        node.waitsFor().stream()
                                .limit(MOST_NAMED)
                                .map(UnitName::value)
                                .collect(Collectors.joining(", "));
                int more = node.waitsFor().size() - MOST_NAMED;
                log.say(
                        Kind.WAITING,
                        unit,
                        "waits for " + names + (more > 0 ? " and " + more + " more" : ""));
            }
        }
    }

    @Override
    public void begins(UnitName unit) {
        began.put(unit, ticker.nanos());
        log.say(Kind.STARTED, unit, begins.apply(unit));
    }

    @Override
    public void progress(UnitName unit, String what) {
        log.say(Kind.PROGRESS, unit, what);
    }

    @Override
    public void ended(UnitName unit, Ended ended) {
        var took = Duration.ofNanos(ticker.nanos() - began.getOrDefault(unit, ticker.nanos()));
        switch (ended) {
            case Ended.Done _ -> log.ended(good, unit, word, took);
            case Ended.Failed(var cause, _) ->
                    log.failed(unit, cause.what(), took, cause.evidence());
            case Ended.Fenced _ -> {}
        }
    }

    @Override
    public void notTried(UnitName unit, String why) {
        log.say(Kind.FAILED, unit, why);
    }
}
