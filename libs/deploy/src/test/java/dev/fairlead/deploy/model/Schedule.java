package dev.fairlead.deploy.model;

import dev.fairlead.deploy.fake.FakeWorld;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Lets one command at a time touch what the others see, in an order that is given: the one whose turn it is goes on
/// until a switch, or until it ends or waits for the other.
///
/// @param switches the numbers of the passages (from 0) at which it is the other's turn
/// @param blow the number of the passage at which the one whose turn it is suffers it; -1 for none
/// @param dies whether it dies there; otherwise it stalls, and the other takes it for dead
record Schedule(List<Integer> switches, int blow, boolean dies) {
    /// An order in which nothing happens to anybody.
    static Schedule calm(List<Integer> switches) {
        return new Schedule(switches, -1, true);
    }

    /// The two commands under this schedule.
    final class Run implements FakeWorld.Gate {
        private final FakeWorld world;
        private final List<String> commands;
        private final Map<String, Integer> waiting = new HashMap<>();
        private final Set<String> over = new HashSet<>();
        private int passages;
        private int turn;
        private boolean handed;

        Run(FakeWorld world, List<String> commands) {
            this.world = world;
            this.commands = commands;
        }

        @Override
        public synchronized void pass(String who) {
            if (!commands.contains(who)) {
                return;
            }
            waiting.merge(who, 1, Integer::sum);
            notifyAll();
            while (!(handed && commands.get(turn).equals(who))) {
                try {
                    wait(1_000);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
            handed = false;
            waiting.merge(who, -1, Integer::sum);
        }

        synchronized void over(String who) {
            over.add(who);
            notifyAll();
        }

        /// Hands out turns until both commands ended.
        ///
        /// @return the number of passages
        synchronized int direct() throws InterruptedException {
            while (over.size() < commands.size()) {
                if (handed) {
                    wait(1_000);
                    continue;
                }
                if (switches.contains(passages) && !handedOver) {
                    turn = 1 - turn;
                    handedOver = true;
                }
                var who = commands.get(turn);
                if (over.contains(who)) {
                    turn = 1 - turn;
                    continue;
                }
                if (waiting.getOrDefault(who, 0) == 0) {
                    wait(20); // it is on its way to the next passage, or ends
                    continue;
                }
                if (passages == blow && dies) {
                    world.kill(who);
                    world.seen.add("died " + who);
                } else if (passages == blow) {
                    world.presumeDead(who);
                    passages++;
                    turn = 1 - turn;
                    continue;
                }
                passages++;
                handedOver = false;
                handed = true;
                notifyAll();
            }
            return passages;
        }

        private boolean handedOver;
    }
}
