package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Machine;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// kill -9 of whoever takes part in an `up`, at random instants: the next `up` converges.
class KillIT {
    private static final int FULL_COUNT = 350;

    /// `once` leaves a line per run; `edited` is changed before every `up`, so that there is always something to do.
    private static final String STACK =
            """
            infrastructure:
              - { name: postgres, local: { builtin: postgres, databases: [ trial ] } }
              - { name: once, local: { builtin: task, command: [ sh, -c, "sleep 0.2; echo ran >> runs.txt" ], inputs: [ input.txt ] } }
            services:
              - name: client
                deployGroup: internal
                run:
                  command: [ sh, -c, "sleep 0.3; echo up; exec sleep 1000" ]
                  env: { DATABASE_URL: "{{ .Units.postgres.url }}" }
                  ready: { log: "^up" }
              - name: edited
                deployGroup: internal
                dependsOn: [ client ]
                run: { command: [ sh, -c, "sleep 0.3; echo up; exec sleep 1000" ], env: { ROUND: "0" }, ready: { log: "^up" } }
              - name: page
                deployGroup: frontend
                run: { builtin: static, dir: public, ports: { http: auto } }
            """;

    private static final List<String> UNITS = List.of("client", "edited");

    private enum Victim {
        COMMAND,
        SUPERVISOR,
        SERVICE,
        DATABASE,
        /// All of them, and the next command finds another boot.
        MACHINE
    }

    private final RandomGenerator random = Seeds.generator("KillIT");

    @Test
    void theNextUpConvergesWithoutOrphanTwinOrLostRow() throws SQLException {
        int rounds = Math.max(Victim.values().length, Scale.of(FULL_COUNT));
        try (var sandbox = Sandbox.of(STACK)) {
            sandbox.write("public/index.html", "<h1>hello</h1>");
            sandbox.write("input.txt", "one");
            var fairlead = sandbox.fairlead();
            fairlead.done("up", "--detach");
            database(fairlead).run("CREATE TABLE entry (id bigint PRIMARY KEY)");
            var acknowledged = new ArrayList<Long>();
            for (int round = 1; round <= rounds; round++) {
                var victim = Victim.values()[(round - 1) % Victim.values().length];
                database(fairlead).run("INSERT INTO entry VALUES (%d)".formatted(round));
                acknowledged.add((long) round);

                hurt(sandbox, round, victim);
                var next = fairlead.run("up", "--detach");

                assertConverged(sandbox, next, "round %d, %s killed".formatted(round, victim));
                assertThat(database(fairlead).numbers("SELECT id FROM entry ORDER BY id"))
                        .as("rows after round %d", round)
                        .isEqualTo(acknowledged);
            }
            assertThat(sandbox.read("runs.txt").lines())
                    .as("a task that succeeded never runs again")
                    .hasSize(1);
            fairlead.done("down");
            assertThat(Processes.of(sandbox.folder())).isEmpty();
        }
    }

    /// An `up` with something to do, from nothing or over what runs, during which the victim is killed.
    private void hurt(Sandbox sandbox, int round, Victim victim) {
        var fairlead = sandbox.fairlead();
        if (random.nextInt(3) == 0) {
            fairlead.done("down");
        }
        sandbox.replace(
                "services.yaml", "ROUND: \"" + (round - 1) + "\"", "ROUND: \"" + round + "\"");
        var up = fairlead.start("up", "--detach");
        Await.pause(Duration.ofMillis(random.nextInt(4000)));
        var killed = find(sandbox, victim, up);
        killed.ifPresent(Processes.Live::kill);
        if (victim == Victim.MACHINE) {
            Machine.reboot(sandbox);
        }
        System.out.printf(
                "round %d: %s %s%n",
                round, victim, killed.map(Object::toString).orElse("not there yet"));
        up.await();
    }

    private Optional<Processes.Live> find(Sandbox sandbox, Victim victim, Fairlead.Running up) {
        var folder = sandbox.folder();
        return switch (victim) {
            case COMMAND ->
                    Processes.of(folder).stream()
                            .filter(p -> p.pid() == up.process().pid())
                            .findFirst();
            case SUPERVISOR -> Processes.supervisor(folder);
            case SERVICE ->
                    Processes.of(folder).stream().filter(p -> p.mark().isPresent()).findAny();
            case DATABASE -> Processes.postmasters(folder).stream().findFirst();
            case MACHINE -> Optional.empty();
        };
    }

    private static void assertConverged(Sandbox sandbox, Fairlead.Result next, String when) {
        var status = Status.of(sandbox.fairlead());
        if (next.exit() != 0 || !status.allReady()) {
            throw new AssertionError(
                    "%s: %s%s%s%s%s"
                            .formatted(
                                    when,
                                    next,
                                    status,
                                    sandbox.fairlead().run("explain"),
                                    sandbox.fairlead().run("events"),
                                    Processes.of(sandbox.folder())));
        }
        for (var unit : UNITS) {
            assertThat(Processes.leaders(sandbox.folder(), unit))
                    .as("%s: %s", when, unit)
                    .hasSize(1);
        }
    }

    private static Database database(Fairlead fairlead) {
        return Database.of(fairlead, "client");
    }
}
