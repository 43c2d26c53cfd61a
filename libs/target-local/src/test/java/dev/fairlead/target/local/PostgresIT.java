package dev.fairlead.target.local;

import static dev.fairlead.target.local.Stack.name;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.target.Session.Answer;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.local.system.Signals;
import dev.fairlead.testkit.Scale;
import dev.fairlead.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The builtin `postgres`, with a real one.
class PostgresIT {
    @TempDir Path root;

    private static String export(Stack stack, String key) {
        return Objects.requireNonNull(
                        Objects.requireNonNull(stack.resolve().addresses().get(name("postgres")))
                                .exports()
                                .get(key))
                .reveal();
    }

    private static Connection connect(Stack stack) throws SQLException {
        return DriverManager.getConnection(
                export(stack, "jdbcUrl"), export(stack, "user"), export(stack, "password"));
    }

    private static void run(Stack stack, String sql) throws SQLException {
        try (var connection = connect(stack);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int rows(Stack stack) throws SQLException {
        try (var connection = connect(stack);
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT count(*) FROM entry")) {
            found.next();
            return found.getInt(1);
        }
    }

    @Test
    void databasesAreReadyAndKeepTheirRowsOverDownAndUp() throws Exception {
        try (var stack = new Stack(root)) {
            stack.postgres("postgres", "guestbook", "audit");
            var up = stack.up(1);
            assertThat(up.get("postgres").state()).isEqualTo(UnitState.READY);
            run(stack, "CREATE TABLE entry (text text)");
            run(stack, "INSERT INTO entry VALUES ('a row')");
            assertThat(export(stack, "database")).isEqualTo("guestbook_dev");
            assertThat(export(stack, "database_audit")).isEqualTo("audit_dev");

            stack.down(2, false);
            assertThat(stack.processes()).isEmpty();
            stack.up(3);
            assertThat(rows(stack)).isEqualTo(1);
            stack.down(4, true);
            assertThat(stack.processes()).isEmpty();
            stack.up(5);
            try (var connection = connect(stack);
                    var tables = connection.getMetaData().getTables(null, "public", "%", null)) {
                assertThat(tables.next()).isFalse();
            }
        }
    }

    @Test
    void noRowIsLostWhenPostmasterAndSupervisorAreKilled() throws Exception {
        try (var stack = new Stack(root)) {
            stack.postgres("postgres", "guestbook");
            stack.up(1);
            run(stack, "CREATE TABLE entry (text text)");
            long token = 1;
            for (int round = 1; round <= 3; round++) {
                run(stack, "INSERT INTO entry VALUES ('row')");
                var pid = stack.status("postgres").pid().orElseThrow().intValue();
                if (round != 2) {
                    stack.killSupervisor();
                }
                Signals.send(pid, Signals.KILL);
                if (round == 2) {
                    Stack.eventually(() -> stack.status("postgres").restarts() == 1);
                }
                token++;
                var status = stack.up(token).get("postgres");
                assertThat(status.state()).as("%s", status).isEqualTo(UnitState.READY);
                assertThat(rows(stack)).isEqualTo(round);
            }
        }
    }

    @Test
    void noAcknowledgedRowIsLostWhateverIsKilled() throws Exception {
        var random = Seeds.generator("database kills");
        try (var stack = new Stack(root)) {
            stack.postgres("postgres", "guestbook");
            stack.up(1);
            run(stack, "CREATE TABLE entry (text text)");
            long token = 2;
            int acknowledged = 0;
            int rounds = Scale.of(100);
            for (int round = 0; round < rounds; round++) {
                int after = random.nextInt(300);
                int victim = random.nextInt(3);
                var killer = Thread.startVirtualThread(() -> kill(stack, victim, after));
                boolean goesOn = true;
                while (goesOn) {
                    try {
                        run(stack, "INSERT INTO entry VALUES ('row')");
                        acknowledged++;
                    } catch (SQLException e) {
                        goesOn = false;
                    }
                    goesOn &= killer.isAlive();
                }
                killer.join();
                var status = stack.up(token++).get("postgres");
                assertThat(status.state()).as("%s", status).isEqualTo(UnitState.READY);
                // A row may be stored whose acknowledgement was cut off.
                assertThat(rows(stack)).isBetween(acknowledged, acknowledged + round + 1);
            }
            stack.down(token, false);
            assertThat(stack.processes()).isEmpty();
        }
    }

    private static void kill(Stack stack, int victim, int after) {
        try {
            Thread.sleep(after);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (victim != 1) {
            stack.killSupervisor();
        }
        if (victim != 0) {
            stack.status("postgres")
                    .pid()
                    .ifPresent(pid -> Signals.send(pid.intValue(), Signals.KILL));
        }
    }

    @Test
    void aSurvivingPostmasterIsAdopted() throws Exception {
        try (var stack = new Stack(root)) {
            stack.postgres("postgres", "guestbook");
            stack.up(1);
            var pid = stack.status("postgres").pid();
            stack.killSupervisor();
            stack.up(2);
            assertThat(stack.status("postgres").pid()).isEqualTo(pid);
            stack.down(3, false);
            assertThat(stack.processes()).isEmpty();
        }
    }

    @Test
    void environmentsShareThePostmasterAndTheLastOneStopsIt() throws Exception {
        try (var dev = new Stack(root);
                var slot = new Stack(root, new EnvironmentRef("shop", "ai", 3))) {
            dev.postgres("postgres", "guestbook").up(1);
            slot.postgres("postgres", "guestbook").up(1);
            assertThat(export(slot, "database")).isEqualTo("guestbook_ai_3");
            assertThat(slot.status("postgres").pid()).isEqualTo(dev.status("postgres").pid());
            run(dev, "CREATE TABLE entry (text text)");
            slot.down(2, true);
            assertThat(rows(dev)).isZero();
            dev.down(2, false);
            assertThat(dev.processes()).isEmpty();
        }
    }

    @Test
    void whoLetsASharedPostmasterGoIsToldWhoUsesItStill() throws Exception {
        try (var dev = new Stack(root);
                var slot = new Stack(root, new EnvironmentRef("shop", "ai", 3))) {
            dev.postgres("postgres", "guestbook").up(1);
            slot.postgres("postgres", "guestbook").up(1);
            var name = new UnitName("postgres");
            try (var session = slot.open()) {
                assertThat(session.remove(name, 2, false))
                        .isEqualTo(
                                new Answer.Accepted(
                                        Optional.of("let go (PostgreSQL goes on for dev)")));
            }
            assertThat(slot.target.left(slot.ref()).data())
                    .containsExactly("the database guestbook_ai_3");

            // Nothing of it is applied any more, but its data are there and can be removed.
            assertThat(slot.target.remembered(slot.ref())).containsExactly(name);
            try (var session = slot.open()) {
                session.remove(name, 3, true);
            }
            assertThat(slot.target.left(slot.ref()).data()).isEmpty();
            assertThat(slot.target.remembered(slot.ref())).isEmpty();
            dev.down(2, true);
            assertThat(dev.target.left(dev.ref()).data()).isEmpty();
            assertThat(dev.processes()).isEmpty();
        }
    }

    @Test
    void aLongPathWithBlanksIsNoObstacle() throws Exception {
        var deep =
                Files.createDirectories(
                        root.resolve("a stack with blanks in its name").resolve("x".repeat(90)));
        try (var stack = new Stack(deep)) {
            var status = stack.postgres("postgres", "guestbook").up(1).get("postgres");
            assertThat(status.state()).as("%s", status).isEqualTo(UnitState.READY);
            run(stack, "CREATE TABLE entry (text text)");
            stack.down(2, true);
            assertThat(stack.processes()).isEmpty();
        }
    }

    @Test
    void thePasswordIsInNoFileButItsOwn() throws Exception {
        try (var stack = new Stack(root)) {
            stack.postgres("postgres", "guestbook").up(1);
            var password = export(stack, "password");
            try (var files = Files.walk(root.resolve(".fairlead"))) {
                var holding =
                        files.filter(Files::isRegularFile)
                                .filter(file -> !file.toString().contains("/postgres/data/"))
                                .filter(file -> holds(file, password))
                                .map(file -> root.relativize(file).toString())
                                .toList();
                assertThat(holding).containsExactly(".fairlead/env/dev/secrets/unit/postgres");
            }
            var secret = root.resolve(".fairlead/env/dev/secrets/unit/postgres");
            assertThat(
                            java.nio.file.attribute.PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                    .contains(text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
