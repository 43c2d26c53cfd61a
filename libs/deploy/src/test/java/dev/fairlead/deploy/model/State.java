package dev.fairlead.deploy.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// Everything that the model knows at one moment. Units are bits of a number.
///
/// @param broken what went wrong, empty for nothing
record State(Paper paper, World world, String broken, List<Runner> runners) {
    /// Where a command is.
    enum Phase {
        PLAN,
        /// Knows which executions it has seen, not yet the target's state.
        LOOK,
        READ,
        TAKE,
        /// Holds the lease with a plan that is too old.
        REPLAN,
        STEP,
        AWAIT,
        FINISH,
        READY,
        BUSY,
        SUPERSEDED,
        DEAD
    }

    /// Whether the holder's heartbeat was seen in time.
    enum Beat {
        IN_TIME,
        /// It was not, because the holder is stalled or dead.
        RIGHTLY_MISSED,
        /// It was not, although the holder is at work.
        WRONGLY_MISSED
    }

    /// The environment's record.
    ///
    /// @param token the newest that was given out
    /// @param lease the incarnation that holds it, 0 for none
    /// @param asked whether the holder is asked to end
    /// @param done units that it calls done
    record Paper(int token, int lease, boolean asked, Beat beat, int done) {
        Paper leased(int to) {
            return new Paper(token + 1, to, false, Beat.IN_TIME, done);
        }

        Paper released(int nowDone) {
            return new Paper(token, 0, false, Beat.IN_TIME, nowDone);
        }

        /// With a result, and still held.
        Paper recorded(int nowDone) {
            return new Paper(token, lease, asked, beat, nowDone);
        }

        Paper askedToEnd() {
            return new Paper(token, lease, true, beat, done);
        }

        Paper beaten(Beat how) {
            return new Paper(token, lease, asked, how, done);
        }
    }

    /// The target.
    ///
    /// @param seen the highest token that it has seen
    /// @param processes units of which a process was started
    /// @param ready units whose process is ready
    record World(int seen, int processes, int ready) {}

    /// One command.
    ///
    /// @param lives how often it may still be started again after a crash
    /// @param missing what its plan starts
    /// @param plannedAt the newest token of which its plan sees all work
    /// @param current whether the record is still as it read it
    /// @param outcome the phase that it ends in once the lease is given back
    record Runner(
            int incarnation,
            int lives,
            Phase phase,
            boolean stalled,
            int missing,
            int plannedAt,
            boolean current,
            int token,
            Phase outcome) {
        static Runner fresh(int incarnation, int lives) {
            return new Runner(incarnation, lives, Phase.PLAN, false, 0, 0, false, 0, Phase.READY);
        }

        Runner at(Phase next) {
            return new Runner(
                    incarnation, lives, next, stalled, missing, plannedAt, current, token, outcome);
        }

        Runner ending(Phase with) {
            return new Runner(
                    incarnation,
                    lives,
                    Phase.FINISH,
                    stalled,
                    missing,
                    plannedAt,
                    current,
                    token,
                    with);
        }

        Runner stalled(boolean whether) {
            return new Runner(
                    incarnation,
                    lives,
                    phase,
                    whether,
                    missing,
                    plannedAt,
                    current,
                    token,
                    outcome);
        }

        Runner looking(int seen) {
            return new Runner(
                    incarnation,
                    lives,
                    Phase.LOOK,
                    stalled,
                    missing,
                    seen,
                    current,
                    token,
                    outcome);
        }

        Runner planned(int units) {
            return new Runner(
                    incarnation,
                    lives,
                    Phase.READ,
                    stalled,
                    units,
                    plannedAt,
                    current,
                    token,
                    outcome);
        }

        Runner current(boolean whether) {
            return new Runner(
                    incarnation,
                    lives,
                    phase,
                    stalled,
                    missing,
                    plannedAt,
                    whether,
                    token,
                    outcome);
        }

        Runner holding(int given, int units) {
            return new Runner(
                    incarnation,
                    lives,
                    Phase.STEP,
                    stalled,
                    units,
                    plannedAt,
                    current,
                    given,
                    outcome);
        }

        /// Nothing of it is worth telling apart any more.
        Runner over(Phase how) {
            return new Runner(incarnation, lives, how, false, 0, 0, false, 0, Phase.READY);
        }

        boolean isOver() {
            return switch (phase) {
                case READY, BUSY, SUPERSEDED, DEAD -> true;
                case PLAN, LOOK, READ, TAKE, REPLAN, STEP, AWAIT, FINISH -> false;
            };
        }
    }

    /// Nothing happened yet; command `i` has the incarnation `i + 1`.
    static State start(int commands, int lives) {
        var runners = new ArrayList<Runner>();
        for (int i = 0; i < commands; i++) {
            runners.add(Runner.fresh(i + 1, lives));
        }
        return new State(
                new Paper(0, 0, false, Beat.IN_TIME, 0),
                new World(0, 0, 0),
                "",
                List.copyOf(runners));
    }

    State with(int index, UnaryOperator<Runner> change) {
        var next = new ArrayList<>(runners);
        next.set(index, change.apply(runners.get(index)));
        return new State(paper, world, broken, List.copyOf(next));
    }

    /// The record is written: whoever read it before has an old one.
    State write(Paper next) {
        return new State(next, world, broken, runners.stream().map(r -> r.current(false)).toList());
    }

    /// Time passes over the heartbeat; nothing is written.
    State missed(Beat how) {
        return new State(paper.beaten(how), world, broken, runners);
    }

    State with(World next) {
        return new State(paper, next, broken, runners);
    }

    State broken(String how) {
        return broken.isEmpty() ? new State(paper, world, how, runners) : this;
    }
}
