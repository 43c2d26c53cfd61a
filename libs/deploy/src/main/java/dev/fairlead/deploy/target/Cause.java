package dev.fairlead.deploy.target;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Why a unit is not ready, in words for a person.
///
/// @param what one sentence without a full stop: `exited with 1 after 0.2 s`, `GET http://127.0.0.1:20123/readyz answered 500`
/// @param advice what a person can do, most useful first
/// @param evidence the last lines of its output or of the answer, oldest first, at most 20, secrets masked
public record Cause(Code code, String what, List<String> advice, List<String> evidence) {
    /// Stands for the unit's name in texts that are written once for all units.
    private static final String ANY_UNIT = "\\bUNIT\\b";

    public Cause {
        advice = List.copyOf(advice);
        evidence = List.copyOf(evidence);
    }

    /// A unit ran out of time: what it lacked last, its evidence and its advice stay.
    ///
    /// @param last the last answer of its probe
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    public static Cause timedOut(Duration timeout, Optional<Cause> last) {
        if (last.filter(cause -> cause.code() == CauseCode.TIMED_OUT).isPresent()) {
            return last.get();
        }
        var what = "not ready within " + seconds(timeout) + " s";
        var advice = new ArrayList<>(last.map(Cause::advised).orElse(List.of()));
        advice.add("raise `run.ready.timeout` only when the unit is simply slow");
        return new Cause(
                CauseCode.TIMED_OUT,
                last.map(cause -> what + ": " + cause.what()).orElse(what),
                advice,
                last.map(Cause::evidence).orElse(List.of()));
    }

    private static String seconds(Duration timeout) {
        return timeout.toMillis() % 1000 == 0
                ? Long.toString(timeout.toSeconds())
                : Double.toString(timeout.toMillis() / 1000.0);
    }

    /// The same cause with more advice, after its own.
    public Cause advising(String more) {
        var all = new ArrayList<>(advised());
        all.add(more);
        return new Cause(code, what, all, evidence);
    }

    /// The same cause as it is told of one unit: with some advice in any case, and with the unit's name in it.
    public Cause of(UnitName unit) {
        return new Cause(
                code,
                what,
                advised().stream().map(text -> text.replaceAll(ANY_UNIT, unit.value())).toList(),
                evidence);
    }

    private List<String> advised() {
        return advice.isEmpty() ? List.of(code.remedy()) : advice;
    }
}
