package dev.fairlead.deploy.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A lease by heartbeat in ticks of time: one holder, one observer, and a target without a fence. The holder may stall between
/// any two ticks and come back; its requests may be on their way for as long as their timeout. Follows `Tenure.covers` and
/// `Observation`.
///
/// @param every ticks between two beats of a holder at work
/// @param lapse ticks after which an unchanged record is a dead holder's
/// @param request ticks that a request may be on its way
record LeaseModel(int every, int lapse, int request, Set<Defect> defects) {
    /// Mistakes that the search must find.
    enum Defect {
        /// A holder at work beats, but not in time.
        LATE_HEARTBEAT,
        /// It writes without looking at what is left of its lease.
        NO_PERMIT,
        /// It looks whether its lease is over, not whether it is over before the request is.
        REQUEST_NOT_COUNTED,
        /// It counts from the end of its last write.
        COUNTED_FROM_THE_END,
        /// The observer takes over before the lapse is over.
        IMPATIENT_OBSERVER,
        /// The beat is written without looking whether the lease is still ours.
        BLIND_BEAT
    }

    /// @param age ticks since the holder's last beat began, as it counts
    /// @param beating ticks for which a beat has been on its way; -1 for none
    /// @param landed whether that beat is in the record and only its answer on the way
    /// @param writing ticks for which a change has been on its way; -1 for none
    /// @param work what the holder does
    /// @param watch what the observer has seen
    record State(
            int age,
            int beating,
            boolean landed,
            int writing,
            Work work,
            Watch watch,
            String broken) {
        static final State START =
                new State(0, -1, false, -1, Work.DILIGENT, new Watch(0, true, false), "");

        State broken(String how) {
            return new State(age, beating, landed, writing, work, watch, how);
        }

        State beats() {
            return new State(age, 0, false, writing, work, watch, broken);
        }

        State landed(Watch seen) {
            return new State(age, beating, true, writing, work, seen, broken);
        }

        State answered(int nowAge) {
            return new State(nowAge, -1, false, writing, work, watch, broken);
        }

        State writing(int ticks) {
            return new State(age, beating, landed, ticks, work, watch, broken);
        }

        State with(Work now) {
            return new State(age, beating, landed, writing, now, watch, broken);
        }

        State with(Watch now) {
            return new State(age, beating, landed, writing, work, now, broken);
        }
    }

    /// What the holder does.
    enum Work {
        /// It never stalled.
        DILIGENT,
        STALLED,
        /// It came back.
        BACK
    }

    /// What the observer has seen.
    ///
    /// @param ticks for which it has seen the record unchanged
    /// @param news whether there is a beat that it has not seen
    /// @param taken whether it has taken over
    record Watch(int ticks, boolean news, boolean taken) {}

    /// @param broken the shortest way to something that must not be
    record Result(int states, Optional<List<State>> broken) {}

    Result search() {
        Map<State, Optional<State>> ways = new HashMap<>();
        var open = new ArrayDeque<State>();
        ways.put(State.START, Optional.empty());
        open.add(State.START);
        while (!open.isEmpty()) {
            var state = open.remove();
            if (!state.broken().isEmpty()) {
                return new Result(ways.size(), Optional.of(way(ways, state)));
            }
            moves(
                    state,
                    next -> {
                        if (ways.putIfAbsent(next, Optional.of(state)) == null) {
                            open.add(next);
                        }
                    });
        }
        return new Result(ways.size(), Optional.empty());
    }

    private static List<State> way(Map<State, Optional<State>> ways, State end) {
        var way = new ArrayList<State>();
        for (var at = Optional.of(end); at.isPresent(); at = ways.get(at.get())) {
            way.addFirst(at.get());
        }
        return way;
    }

    private boolean has(Defect defect) {
        return defects.contains(defect);
    }

    private void moves(State state, Consumer<State> to) {
        holder(state, to);
        observer(state, to);
        arrivals(state, to);
        if (mayPass(state)) {
            to.accept(tick(state));
        }
    }

    private void holder(State state, Consumer<State> to) {
        if (state.work() == Work.STALLED) {
            to.accept(state.with(Work.BACK));
            return;
        }
        to.accept(state.with(Work.STALLED));
        if (state.beating() < 0 && state.age() >= every) {
            to.accept(state.beats());
        }
        if (state.writing() < 0 && permitted(state)) {
            to.accept(state.writing(0));
        }
    }

    // What `Tenure.covers` answers; a beat that is due goes first.
    private boolean permitted(State state) {
        if (has(Defect.NO_PERMIT)) {
            return true;
        }
        int needed = has(Defect.REQUEST_NOT_COUNTED) ? 0 : request;
        return state.age() + needed < lapse;
    }

    private void observer(State state, Consumer<State> to) {
        var watch = state.watch();
        if (watch.taken()) {
            return;
        }
        if (watch.news()) {
            to.accept(state.with(new Watch(0, false, false)));
        } else if (watch.ticks() >= lapse - (has(Defect.IMPATIENT_OBSERVER) ? request + 1 : 0)) {
            to.accept(
                    state.work() == Work.DILIGENT
                            ? state.broken("took the lease of a holder at work")
                            : state.with(new Watch(watch.ticks(), false, true)));
        }
    }

    // A request arrives at any time until its timeout, and so does the answer.
    private void arrivals(State state, Consumer<State> to) {
        boolean taken = state.watch().taken();
        if (state.beating() >= 0 && !state.landed()) {
            to.accept(
                    taken && !has(Defect.BLIND_BEAT)
                            ? state.answered(lapse) // refused: the version is another one
                            : state.landed(new Watch(state.watch().ticks(), true, taken)));
        }
        if (state.landed() && state.work() != Work.STALLED) {
            to.accept(state.answered(has(Defect.COUNTED_FROM_THE_END) ? 0 : state.beating()));
        }
        if (state.writing() >= 0) {
            to.accept(
                    taken
                            ? state.broken("changed something after another had taken over")
                            : state.writing(-1));
        }
    }

    // A request that was not answered is given up; a holder at work beats when it is due. An answer
    // waits for a holder that
    // is stalled.
    private boolean mayPass(State state) {
        boolean stalled = state.work() == Work.STALLED;
        boolean due =
                !stalled
                        && !state.watch().taken()
                        && state.age() >= every
                        && state.beating() < 0
                        && !has(Defect.LATE_HEARTBEAT);
        boolean beatOpen = state.beating() >= request && !(state.landed() && stalled);
        return !due && !beatOpen && state.writing() < request;
    }

    private State tick(State state) {
        var watch = state.watch();
        return new State(
                Math.min(lapse, state.age() + 1),
                state.beating() < 0 ? -1 : Math.min(lapse, state.beating() + 1),
                state.landed(),
                state.writing() < 0 ? -1 : state.writing() + 1,
                state.work(),
                new Watch(
                        watch.news() ? 0 : Math.min(lapse, watch.ticks() + 1),
                        watch.news(),
                        watch.taken()),
                state.broken());
    }
}
