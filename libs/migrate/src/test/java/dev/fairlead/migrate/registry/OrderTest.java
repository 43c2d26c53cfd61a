package dev.fairlead.migrate.registry;

import static dev.fairlead.migrate.registry.Migrations.goose;
import static dev.fairlead.migrate.registry.Migrations.order;
import static dev.fairlead.migrate.registry.Migrations.problems;
import static dev.fairlead.migrate.registry.Migrations.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/// The order in which migrations run.
class OrderTest {
    @Test
    @Covers("SPEC-04")
    void whatIsNeededRunsFirstWhoeverOwnsIt() {
        assertThat(
                        order(
                                spec("a.users", "1", "z.roles", "billing.sql.2"),
                                spec("z.roles", "1", "m.base"),
                                spec("m.base", "1"),
                                goose("billing", 1),
                                goose("billing", 2)))
                .containsExactly(
                        "billing.sql.1@1.0.0",
                        "billing.sql.2@1.0.0",
                        "m.base@1.0.0",
                        "z.roles@1.0.0",
                        "a.users@1.0.0");
    }

    @Test
    void tiesGoByTheBytesOfTheKeyThenByVersion() {
        assertThat(order(spec("b", "1"), spec("a", "2"), spec("B", "1"), spec("a", "1")))
                .containsExactly("B@1.0.0", "a@1.0.0", "a@2.0.0", "b@1.0.0");
    }

    @Test
    void gooseFilesNeverRunOutOfTheirNumbersOrder() {
        assertThat(
                        order(
                                goose("x", 10),
                                goose("x", 9),
                                goose("x", 100),
                                goose("w", 20250101000000L),
                                spec("x.sql.10a", "1"),
                                spec("a", "1", "x.sql.9")))
                .containsExactly(
                        "w.sql.20250101000000@1.0.0",
                        "x.sql.10a@1.0.0",
                        "x.sql.9@1.0.0",
                        "a@1.0.0",
                        "x.sql.10@1.0.0",
                        "x.sql.100@1.0.0");
    }

    @Test
    @Covers("SPEC-04")
    void aVersionThatIsAskedForIsWaitedFor() {
        assertThat(order(spec("a", "1", "k@>=2"), spec("k", "1"), spec("k", "2")))
                .containsExactly("k@1.0.0", "k@2.0.0", "a@1.0.0");
        assertThat(order(spec("a", "1", "k"), spec("k", "1"), spec("k", "2")))
                .containsExactly("k@1.0.0", "k@2.0.0", "a@1.0.0");
    }

    @Test
    void aLaterVersionMayNeedWhatNeededTheFirst() {
        assertThat(order(spec("a", "1", "k"), spec("k", "1"), spec("k", "2", "a")))
                .containsExactly("k@1.0.0", "a@1.0.0", "k@2.0.0");
    }

    @Test
    @Covers("SPEC-04")
    void whatIsNotThereIsNamedWithItsPlaceAllAtOnce() {
        assertThat(
                        problems(
                                spec("a.users", "1", "a.role", "k@>=3"),
                                spec("a.roles", "1", "nowhere.x"),
                                spec("k", "1"),
                                spec("k", "2.5")))
                .containsExactly(
                        "a.roles-1.migration.yaml:3:17 UNRESOLVED_DEPENDENCY a.roles@1.0.0 depends on nowhere.x, which is not there",
                        "a.users-1.migration.yaml:3:17 UNRESOLVED_DEPENDENCY a.users@1.0.0 depends on a.role, which is not there; did you mean \"a.roles\"?",
                        "a.users-1.migration.yaml:3:27 UNRESOLVED_DEPENDENCY a.users@1.0.0 depends on k@>=3.0.0, which is not there in this version; there is 1.0.0, 2.5.0");
    }

    @Test
    @Covers("SPEC-04")
    void everyCircleIsShownWithItsPath() {
        assertThat(
                        problems(
                                spec("a", "1", "b"),
                                spec("b", "1", "c"),
                                spec("c", "1", "a"),
                                spec("d", "1", "a"),
                                spec("self", "1", "self"),
                                spec("x", "1", "y"),
                                spec("y", "1", "x")))
                .containsExactly(
                        "a-1.migration.yaml:3:17 DEPENDENCY_CYCLE migrations depend on each other in a circle: a@1.0.0 -> b@1.0.0 -> c@1.0.0 -> a@1.0.0",
                        "self-1.migration.yaml:3:17 DEPENDENCY_CYCLE migrations depend on each other in a circle: self@1.0.0 -> self@1.0.0",
                        "x-1.migration.yaml:3:17 DEPENDENCY_CYCLE migrations depend on each other in a circle: x@1.0.0 -> y@1.0.0 -> x@1.0.0");
        var thrown =
                Assertions.catchThrowableOfType(
                        ProblemException.class,
                        () -> order(spec("k", "1", "a"), spec("a", "1", "k@>=2"), spec("k", "2")));
        assertThat(thrown.problems().getFirst().trace())
                .extracting(step -> step.place() + " " + step.what())
                .containsExactly(
                        "a-1.migration.yaml:3:17 a@1.0.0 depends on k@>=2.0.0",
                        "k-2.migration.yaml:1:15 k@2.0.0 comes after k@1.0.0",
                        "k-1.migration.yaml:3:17 k@1.0.0 depends on a");
    }

    @Test
    void whoNeedsAMigrationIsKnown() {
        var k = spec("k", "1");
        var order =
                Order.of(
                        Registry.of(
                                List.of(
                                        k,
                                        spec("b", "1", "k"),
                                        spec("a", "1", "k"),
                                        spec("c", "1", "a"))));
        assertThat(order.dependants(k))
                .extracting(Migration::id)
                .containsExactly("a@1.0.0", "b@1.0.0");
        assertThat(order.needs())
                .extracting(need -> need.migration().key() + " needs " + need.needed().key())
                .containsExactly("a needs k", "b needs k", "c needs a");
    }

    @Test
    void theOrderIsOneWhateverTheOrderOfRegistering() {
        var random = Seeds.generator("OrderTest");
        for (int round = 0; round < 50; round++) {
            var migrations = new ArrayList<Migration>();
            for (int i = 0; i < 40; i++) {
                var dependencies = new ArrayList<String>();
                for (int j = random.nextInt(3); j > 0 && i > 0; j--) {
                    dependencies.add("m" + (random.nextInt(i) * 7919 % 10007));
                }
                migrations.add(
                        spec(
                                "m" + (i * 7919 % 10007),
                                "1",
                                dependencies.stream().distinct().toArray(String[]::new)));
            }
            var order = Order.of(Registry.of(migrations)).migrations();
            var place = new HashMap<String, Integer>();
            order.forEach(migration -> place.put(migration.key().text(), place.size()));
            for (var migration : order) {
                assertThat(migration.dependencies())
                        .allMatch(needed ->
                                place.get(needed.key().text()) < place.get(migration.key().text()));
            }
            Collections.shuffle(migrations, Random.from(random));
            assertThat(Order.of(Registry.of(migrations)).migrations()).isEqualTo(order);
        }
    }

    @Test
    void aChainOfTenThousandIsNoTrouble() {
        var migrations = new ArrayList<Migration>();
        for (int i = 10_000; i > 0; i--) {
            migrations.add(goose("x", i));
        }
        var order = Order.of(Registry.of(migrations)).migrations();
        assertThat(order).hasSize(10_000);
        assertThat(order.getLast().id()).isEqualTo("x.sql.10000@1.0.0");
    }
}
