package dev.fairlead.deploy.execute;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.journal.Store.Holder;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.diagnostic.Kind;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// How an execution ended. A value, never an exception.
public sealed interface Outcome {
    /// Everything is as the plan wanted it.
    ///
    /// @param acted the units that were started or removed, by name; empty when there was nothing to do
    record Ready(SortedSet<UnitName> acted) implements Outcome {
        public Ready {
            acted = Collections.unmodifiableSortedSet(new TreeSet<>(acted));
        }
    }

    /// Time ran out for these units, and nothing failed for certain.
    ///
    /// @param notTried units whose step was not begun, with the reason
    record Stuck(List<Trouble> units, SortedMap<UnitName, String> notTried) implements Outcome {
        public Stuck {
            units = List.copyOf(units);
            notTried = Collections.unmodifiableSortedMap(new TreeMap<>(notTried));
        }
    }

    /// These units failed (some may have run out of time beside them).
    record Failed(List<Trouble> units, SortedMap<UnitName, String> notTried) implements Outcome {
        public Failed {
            units = List.copyOf(units);
            notTried = Collections.unmodifiableSortedMap(new TreeMap<>(notTried));
        }
    }

    /// Another execution took over.
    record Superseded(String by) implements Outcome {}

    /// Ended by the user or by SIGTERM; the journal knows how far it came.
    ///
    /// @param unfinished units whose step was begun or still to come
    record Interrupted(SortedSet<UnitName> unfinished) implements Outcome {
        public Interrupted {
            unfinished = Collections.unmodifiableSortedSet(new TreeSet<>(unfinished));
        }
    }

    /// Somebody else holds the lease; nothing was done.
    record Busy(Holder holder, String execution) implements Outcome {}

    /// What was planned, and saved or agreed to, is not what would be done now; nothing was done.
    record Stale(String planned, String now, List<String> differences) implements Outcome {
        public Stale {
            differences = List.copyOf(differences);
        }
    }

    /// One unit that is not ready, why, since when, and where the stack declares it.
    record Trouble(UnitName unit, Cause cause, Instant since, Optional<Place> place) {}

    /// The exit code of a command that ends so.
    default int exitCode() {
        return switch (this) {
            case Ready _ -> 0;
            case Stuck _ -> Kind.NOT_READY.exitCode();
            case Failed(var units, _) ->
                    units.stream().allMatch(Outcome::refused)
                            ? Kind.REFUSED.exitCode()
                            : Kind.NOT_READY.exitCode();
            case Superseded _, Busy _, Stale _ -> Kind.BUSY.exitCode();
            case Interrupted _ -> Kind.INTERRUPTED.exitCode();
        };
    }

    /// The word in output: `ready`, `stuck`, `failed`, `superseded`, `interrupted`, `busy`, `stale`.
    default String word() {
        return switch (this) {
            case Ready _ -> "ready";
            case Stuck _ -> "stuck";
            case Failed _ -> "failed";
            case Superseded _ -> "superseded";
            case Interrupted _ -> "interrupted";
            case Busy _ -> "busy";
            case Stale _ -> "stale";
        };
    }

    /// One sentence without a full stop.
    default String sentence() {
        return switch (this) {
            case Ready(var acted) -> acted.isEmpty() ? "nothing to do" : "done: " + names(acted);
            case Stuck(var units, _) -> "not ready in time: " + names(units(units));
            case Failed(var units, _) -> "failed: " + names(units(units));
            case Superseded(var by) -> "superseded by " + by;
            case Interrupted(var unfinished) ->
                    unfinished.isEmpty()
                            ? "interrupted"
                            : "interrupted; not finished: " + names(unfinished);
            case Busy(var holder, var execution) ->
                    holder.description() + " is at work here (" + execution + ")";
            case Stale _ -> "what was planned is not what would be done now";
        };
    }

    /// What is wrong, for people: one problem per unit in trouble, or one for the whole; none when it is ready.
    default List<Problem> problems() {
        return switch (this) {
            case Ready _ -> List.of();
            case Stuck(var units, _) -> units.stream().map(Outcome::problem).toList();
            case Failed(var units, _) -> units.stream().map(Outcome::problem).toList();
            case Superseded _ -> one(DeployCode.SUPERSEDED);
            case Interrupted _ -> one(DeployCode.INTERRUPTED);
            case Busy _ -> one(DeployCode.BUSY);
            case Stale(_, _, var differences) -> {
                yield List.of(
                        Problem.error(DeployCode.STALE_PLAN, sentence())
                                .withEvidence(differences)
                                .withHint(DeployCode.STALE_PLAN.remedy()));
            }
        };
    }

    // A person has to agree first: nothing is wrong, and trying again does not help.
    private static boolean refused(Trouble trouble) {
        return trouble.cause().code().kind() == Kind.REFUSED;
    }

    private List<Problem> one(DeployCode code) {
        return List.of(Problem.error(code, sentence()).withHint(code.remedy()));
    }

    private static Problem problem(Trouble trouble) {
        var cause = trouble.cause();
        var text = trouble.unit() + ": " + cause.what();
        var problem =
                trouble.place()
                        .map(place -> Problem.error(cause.code(), place, text))
                        .orElseGet(() -> Problem.error(cause.code(), text))
                        .withEvidence(cause.evidence());
        return cause.advice().isEmpty()
                ? problem
                : problem.withHint(
                        cause.advice().stream()
                                .map(Outcome::withoutStop)
                                .collect(Collectors.joining("; ")));
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static List<UnitName> units(List<Trouble> troubles) {
        return new ArrayList<>(troubles.stream().map(Trouble::unit).toList());
    }

    /// Units in a sentence: `a, b, c`. The first ten stand for themselves, and the others are counted.
    static String names(Collection<UnitName> units) {
        int most = 10;
        var shown =
                units.stream().limit(most).map(UnitName::value).collect(Collectors.joining(", "));
        return units.size() > most ? shown + " and " + (units.size() - most) + " others" : shown;
    }
}
