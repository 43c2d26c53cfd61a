package dev.fairlead.deploy.model;

import dev.fairlead.deploy.model.State.Beat;
import dev.fairlead.deploy.model.State.Phase;
import dev.fairlead.deploy.model.State.Runner;
import dev.fairlead.deploy.model.State.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What two commands that want the same environment may do, step by step, each of them killed or stalled at any moment.
/// Follows `Journal`, `Tenure`, `StepRunner` and the promise of a `Session`, without their data.
record Model(int units, Liveness liveness, boolean supersedes, int lives, Set<Defect> defects) {
    /// How a holder is known to be dead.
    enum Liveness {
        /// By its process: exact (the local target).
        EXACT,
        /// By a heartbeat that was not seen in time: a stalled holder is taken for dead (Kubernetes).
        OBSERVED
    }

    /// Mistakes that the search must find.
    enum Defect {
        /// The target takes a change whatever its token.
        NO_FENCING,
        /// A stalled holder that comes back does not look whether it still has the lease.
        NO_LOOK_AFTER_STALL,
        /// The record is written without looking at its version.
        NO_COMPARE,
        /// Results are recorded without looking at the token.
        RESULT_OF_A_STRANGER,
        /// A holder at work beats too late.
        LATE_HEARTBEAT,
        /// A dead holder counts as alive.
        DEAD_HOLDER_BLOCKS,
        /// Ready is said without waiting.
        NO_AWAIT,
        /// A holder at work counts as dead.
        LIVE_HOLDER_IGNORED,
        /// Who is told that a newer one was here goes on.
        FENCED_TAKEN_FOR_DONE,
        /// The lease is taken and the intent is not in the record.
        INTENT_NOT_WRITTEN,
        /// The end is told and is not in the record.
        RESULT_LOST,
        /// The result is recorded and the lease stays.
        LEASE_NOT_RELEASED
    }

    /// A move and what others can see of it; an empty label for what nobody sees.
    record Move(String label, State to) {}

    State start() {
        return State.start(2, lives);
    }

    private boolean has(Defect defect) {
        return defects.contains(defect);
    }

    private int all() {
        return (1 << units) - 1;
    }

    List<Move> moves(State state) {
        var moves = new ArrayList<Move>();
        for (int i = 0; i < state.runners().size(); i++) {
            var runner = state.runners().get(i);
            if (runner.isOver()) {
                if (runner.phase() == Phase.DEAD && runner.lives() > 0) {
                    int next = runner.incarnation() + 2;
                    moves.add(
                            new Move(
                                    "born " + next,
                                    state.with(i, r -> Runner.fresh(next, r.lives() - 1))));
                }
                continue;
            }
            moves.add(
                    new Move(
                            "died " + runner.incarnation(),
                            state.with(i, r -> r.over(Phase.DEAD))));
            if (runner.stalled()) {
                moves.add(new Move("", awake(state, i, runner)));
            } else {
                moves.addAll(steps(state, i, runner));
                if (liveness == Liveness.OBSERVED && holds(state, runner)) {
                    moves.add(new Move("", state.with(i, r -> r.stalled(true))));
                }
            }
        }
        clock(state, moves);
        return moves;
    }

    // Time passes: a heartbeat is missed by whoever is stalled or dead, never by one at work.
    private void clock(State state, List<Move> moves) {
        if (liveness == Liveness.EXACT
                || state.paper().lease() == 0
                || state.paper().beat() != Beat.IN_TIME) {
            return;
        }
        if (!atWork(state)) {
            moves.add(new Move("", state.missed(Beat.RIGHTLY_MISSED)));
        } else if (has(Defect.LATE_HEARTBEAT)) {
            moves.add(new Move("", state.missed(Beat.WRONGLY_MISSED)));
        }
    }

    // Whoever comes back beats before it acts; the beat fails when another has the lease.
    private State awake(State state, int i, Runner runner) {
        var awake = state.with(i, r -> r.stalled(false));
        return holds(state, runner) && !has(Defect.NO_LOOK_AFTER_STALL)
                ? awake.write(state.paper().beaten(Beat.IN_TIME))
                : awake;
    }

    private static boolean atWork(State state) {
        return state.runners().stream()
                .anyMatch(r -> holds(state, r) && !r.stalled() && r.phase() != Phase.DEAD);
    }

    private static boolean holds(State state, Runner runner) {
        return state.paper().lease() != 0 && state.paper().lease() == runner.incarnation();
    }

    private boolean alive(State state) {
        if (has(Defect.DEAD_HOLDER_BLOCKS)) {
            return true;
        }
        if (has(Defect.LIVE_HOLDER_IGNORED)) {
            return false;
        }
        if (liveness == Liveness.OBSERVED) {
            return state.paper().beat() == Beat.IN_TIME;
        }
        return state.runners().stream().anyMatch(r -> holds(state, r) && r.phase() != Phase.DEAD);
    }

    private List<Move> steps(State state, int i, Runner runner) {
        return switch (runner.phase()) {
            case PLAN -> List.of(plan(state, i));
            case LOOK -> List.of(look(state, i, runner));
            case READ -> read(state, i, runner);
            case TAKE -> List.of(take(state, i, runner));
            case REPLAN -> List.of(replan(state, i, runner));
            case STEP -> step(state, i, runner);
            case AWAIT -> await(state, i, runner);
            case FINISH -> List.of(finish(state, i, runner));
            case READY, BUSY, SUPERSEDED, DEAD -> List.of();
        };
    }

    // The work of whoever holds the lease is still to come.
    private static Move plan(State state, int i) {
        var paper = state.paper();
        int seen = paper.lease() == 0 ? paper.token() : paper.token() - 1;
        return new Move("", state.with(i, r -> r.looking(seen)));
    }

    // Plans, and is done where there is nothing to do, nobody left anything behind and nobody came
    // between.
    private Move look(State state, int i, Runner runner) {
        int missing = all() & ~state.world().ready();
        var paper = state.paper();
        boolean settled =
                paper.lease() == 0 && paper.done() == all() && paper.token() == runner.plannedAt();
        return missing == 0 && settled
                ? new Move("", ended(state, i, Phase.READY))
                : new Move("", state.with(i, r -> r.planned(missing)));
    }

    private Move replan(State state, int i, Runner runner) {
        int missing = all() & ~state.world().ready();
        return new Move("", state.with(i, r -> r.holding(runner.token(), missing)));
    }

    private List<Move> read(State state, int i, Runner runner) {
        boolean held = state.paper().lease() != 0;
        boolean asks = supersedes && i == 1;
        var moves = new ArrayList<Move>();
        if (asks && held && !state.paper().asked()) {
            // Also of one that has died since it was looked at.
            moves.add(
                    new Move(
                            "asked " + runner.incarnation(),
                            state.write(state.paper().askedToEnd())));
        }
        if (!held || !alive(state)) {
            moves.add(new Move("", state.with(i, r -> r.current(true).at(Phase.TAKE))));
        } else if (!asks) {
            moves.add(new Move("", ended(state, i, Phase.BUSY)));
        }
        return moves;
    }

    private Move take(State state, int i, Runner runner) {
        if (!runner.current() && !has(Defect.NO_COMPARE)) {
            return new Move("", state.with(i, r -> r.at(Phase.READ)));
        }
        boolean wrongly = state.paper().beat() != Beat.RIGHTLY_MISSED && atWork(state);
        var taken = wrongly ? state.broken("took the lease of a holder at work") : state;
        int token = state.paper().token() + 1;
        boolean again = token != runner.plannedAt() + 1;
        UnaryOperator<Runner> holding =
                r -> {
                    var holder = r.holding(token, r.missing());
                    return again ? holder.at(Phase.REPLAN) : holder;
                };
        if (has(Defect.INTENT_NOT_WRITTEN)) {
            return new Move("", taken.with(i, holding));
        }
        return new Move(
                "acquired " + runner.incarnation() + " " + token,
                taken.write(state.paper().leased(runner.incarnation())).with(i, holding));
    }

    private List<Move> step(State state, int i, Runner runner) {
        boolean lost = state.paper().token() != runner.token();
        if ((lost || state.paper().asked()) && !has(Defect.NO_LOOK_AFTER_STALL)) {
            var stop = new Move("", state.with(i, r -> r.ending(Phase.SUPERSEDED)));
            // How soon a wish is noticed is not promised, for the answer may be a quarter of a
            // second
            // old; a lease that was lost is noticed before the next write, where that is looked
            // for.
            return liveness == Liveness.EXACT || !lost
                    ? List.of(stop, begin(state, i, runner))
                    : List.of(stop);
        }
        return List.of(begin(state, i, runner));
    }

    private Move begin(State state, int i, Runner runner) {
        if (runner.missing() == 0) {
            return new Move("", state.with(i, r -> r.ending(Phase.READY)));
        }
        int unit = Integer.numberOfTrailingZeros(runner.missing());
        int bit = 1 << unit;
        if (runner.token() < state.world().seen() && !has(Defect.NO_FENCING)) {
            var told =
                    runner.outcome() == Phase.SUPERSEDED
                            ? state.broken("went on after it was told of a newer one")
                            : state;
            return new Move(
                    "fenced " + runner.incarnation() + " " + unit,
                    told.with(
                            i,
                            r ->
                                    has(Defect.FENCED_TAKEN_FOR_DONE)
                                            ? r.ending(Phase.SUPERSEDED)
                                                    .holding(r.token(), r.missing() & ~bit)
                                            : r.ending(Phase.SUPERSEDED)));
        }
        var after = acting(state, runner);
        return new Move(
                "accepted " + runner.incarnation() + " " + unit + " " + runner.token(),
                after.with(
                                new World(
                                        Math.max(state.world().seen(), runner.token()),
                                        state.world().processes() | bit,
                                        state.world().ready()))
                        .with(i, r -> r.at(has(Defect.NO_AWAIT) ? Phase.STEP : Phase.AWAIT))
                        .with(
                                i,
                                r ->
                                        has(Defect.NO_AWAIT)
                                                ? r.holding(r.token(), r.missing() & ~bit)
                                                : r));
    }

    private static State acting(State state, Runner runner) {
        if (runner.token() < state.world().seen()) {
            return state.broken("an older execution changed something after a newer one");
        }
        return runner.token() > state.paper().token()
                ? state.broken("acted without an intent in the record")
                : state;
    }

    private static List<Move> await(State state, int i, Runner runner) {
        int bit = 1 << Integer.numberOfTrailingZeros(runner.missing());
        var world = state.world();
        var ready = state.with(new World(world.seen(), world.processes(), world.ready() | bit));
        var moves = new ArrayList<Move>();
        moves.add(new Move("", ready.with(i, r -> r.holding(r.token(), r.missing() & ~bit))));
        if (state.paper().asked() || state.paper().token() != runner.token()) {
            // Whether anybody looks or not, what was started gets ready.
            moves.add(new Move("", state.with(i, r -> r.ending(Phase.SUPERSEDED))));
            moves.add(new Move("", ready.with(i, r -> r.ending(Phase.SUPERSEDED))));
        }
        return moves;
    }

    private Move finish(State state, int i, Runner runner) {
        boolean ours = state.paper().token() == runner.token() && holds(state, runner);
        if (!ours && !has(Defect.RESULT_OF_A_STRANGER)) {
            return new Move("lost " + runner.incarnation(), ended(state, i, Phase.SUPERSEDED));
        }
        var after = ours ? state : state.broken("recorded results under another's lease");
        int done = runner.outcome() == Phase.READY ? all() : state.paper().done();
        if (has(Defect.RESULT_LOST)) {
            return new Move("", ended(after, i, runner.outcome()));
        }
        if (has(Defect.LEASE_NOT_RELEASED)) {
            return new Move(
                    "", ended(after.write(state.paper().recorded(done)), i, runner.outcome()));
        }
        return new Move(
                "finished " + runner.incarnation() + " " + runner.token(),
                ended(after.write(state.paper().released(done)), i, runner.outcome()));
    }

    private State ended(State state, int i, Phase how) {
        boolean holds = holds(state, state.runners().get(i));
        var after = state.with(i, r -> r.over(how));
        if (how == Phase.READY && state.world().ready() != all()) {
            return after.broken("said ready, and a step was lost");
        }
        return holds || (how == Phase.READY && state.paper().done() != all())
                ? after.broken("ended, and its result or its lease is not in the record as it said")
                : after;
    }

    /// Whether everybody came to an end.
    static boolean over(State state) {
        return state.runners().stream()
                .allMatch(r -> r.isOver() && (r.phase() != Phase.DEAD || r.lives() == 0));
    }
}
