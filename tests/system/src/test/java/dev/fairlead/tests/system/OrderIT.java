package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Sandbox;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderIT {
    /// Every unit takes a moment until it is ready; what could overtake another has every chance to.
    private static final String STACK =
            """
            components:
              slow: { run: { command: [ sh, -c, "sleep 0.7; echo up; exec sleep 1000" ], ready: { log: "^up" } } }
              fast: { run: { command: [ sh, -c, "echo up; exec sleep 1000" ], ready: { log: "^up" } } }
            infrastructure:
              - { name: store, use: [ slow ] }
            services:
              - { name: hasty, deployGroup: frontend, use: [ fast ], eager: true }
              - { name: page, deployGroup: frontend, use: [ fast ] }
              - { name: gate, deployGroup: edge, use: [ slow ] }
              - { name: second, deployGroup: internal, use: [ fast ], dependsOn: [ first ] }
              - { name: first, deployGroup: internal, use: [ slow ] }
              - { name: other, deployGroup: internal, use: [ fast ] }
            """;

    @Test
    @Covers("DEP-02")
    void unitsStartByStageAndByTheGraphInsideAndNoneTooEarlyUnlessItIsEager() {
        try (var sandbox = Sandbox.of(STACK)) {
            var fairlead = sandbox.fairlead();
            fairlead.done("up", "--detach");
            var events = fairlead.done("events", "-o", "json").jsonLines();

            assertAfter(events, "first", "store");
            assertAfter(events, "other", "store");
            assertAfter(events, "second", "first");
            for (var internal : List.of("first", "second", "other")) {
                assertAfter(events, "gate", internal);
            }
            assertAfter(events, "page", "gate");
            assertThat(at(events, "started", "hasty")).isLessThan(at(events, "ready", "store"));
            assertThat(at(events, "started", "other")).isLessThan(at(events, "ready", "first"));
            fairlead.done("down");
        }
    }

    private static void assertAfter(
            List<Map<String, Object>> events, String later, String earlier) {
        assertThat(at(events, "started", later))
                .as("%s starts after %s is ready, in %s", later, earlier, events)
                .isGreaterThan(at(events, "ready", earlier));
    }

    private static int at(List<Map<String, Object>> events, String kind, String unit) {
        for (int i = 0; i < events.size(); i++) {
            if (kind.equals(events.get(i).get("kind")) && unit.equals(events.get(i).get("unit"))) {
                return i;
            }
        }
        throw new AssertionError("no event %s of %s in %s".formatted(kind, unit, events));
    }
}
