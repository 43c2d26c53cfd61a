package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.event.Event.Kind;
import dev.fairlead.deploy.event.EventLog;
import dev.fairlead.deploy.execute.Steps.Ended;
import dev.fairlead.diagnostic.time.Ticker;
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
    private final Words words;
    private final Map<UnitName, Long> began = new HashMap<>();

    /// What is said of the units.
    ///
    /// @param begins when a unit's step begins; empty says nothing of it unless it fails
    /// @param good the kind of event at a good end, and what it `ends` with
    record Words(Function<UnitName, String> begins, Kind good, Function<UnitName, String> ends) {}

    StepEvents(EventLog log, Ticker ticker, Words words) {
        this.log = log;
        this.ticker = ticker;
        this.words = words;
    }

    /// Says for each unit that cannot begin at once what it waits for.
    void waiting(Steps steps) {
        var part = steps.graph().across(steps.acting());
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
        var text = words.begins().apply(unit);
        if (!text.isEmpty()) {
            log.say(Kind.STARTED, unit, text);
        }
    }

    @Override
    public void progress(UnitName unit, String what) {
        log.say(Kind.PROGRESS, unit, what);
    }

    @Override
    public void ended(UnitName unit, Ended ended) {
        var took = Duration.ofNanos(ticker.nanos() - began.getOrDefault(unit, ticker.nanos()));
        switch (ended) {
            case Ended.Done _ -> {
                if (!words.begins().apply(unit).isEmpty()) {
                    log.ended(words.good(), unit, words.ends().apply(unit), took);
                }
            }
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
