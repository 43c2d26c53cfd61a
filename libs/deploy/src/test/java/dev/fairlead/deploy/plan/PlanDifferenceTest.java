package dev.fairlead.deploy.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.plan.PlanDifference.Side;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Example;

class PlanDifferenceTest {
    private static final Map<String, Object> WEB =
            Map.of("kind", "process", "env", Map.of("A", "1"), "secrets", Map.of("token", "f1"));

    @Example
    void aUnitThatIsStillToBeCreatedIsComparedFieldByField() {
        var changed =
                Map.<String, Object>of(
                        "kind",
                        "process",
                        "env",
                        Map.of("B", "2"),
                        "secrets",
                        Map.of("token", "f2"));

        assertThat(between(side("create", WEB), side("create", changed)))
                .containsExactly(
                        "web (create): env.A was 1, is not there any more",
                        "web (create): env.B is new: 2",
                        "web (create): secrets.token was ${secret:token}, is ${secret:token} (changed) now");
    }

    @Example
    void anotherActionIsNamedWithTheFormerOne() {
        assertThat(between(side("create", WEB), side("keep", WEB)))
                .containsExactly("web: create was planned, keep is due now");
        assertThat(between(side("create", WEB), new Side(Map.of(), new TreeMap<>())))
                .containsExactly("web: create was planned, nothing is due now");
    }

    @Example
    void whatIsAppliedByNowIsNamedToo() {
        assertThat(between(applied("0"), applied("3")))
                .containsExactly("web (update), as it is applied: env.A was 0, is 3 now");
    }

    @Example
    void placeInTheOrderAndNotesCount() {
        var before =
                new Side(
                        Map.of(
                                "order",
                                List.of(order("internal", List.of())),
                                "notes",
                                List.of("a")),
                        new TreeMap<>());
        var after =
                new Side(
                        Map.of(
                                "order",
                                List.of(order("edge", List.of("db"))),
                                "notes",
                                List.of("b")),
                        new TreeMap<>());

        assertThat(between(before, after))
                .containsExactly(
                        "web: stage was internal, is edge now",
                        "web: waitsFor was [], is [\"db\"] now",
                        "this does not hold any more: a",
                        "this is new: b");
    }

    @Example
    void whereNoFieldTellsItStillSaysWhichSideChanged() {
        assertThat(between(hash("a"), hash("a")))
                .containsExactly("what is applied in the environment changed since");
        assertThat(between(hash("a"), hash("b"))).containsExactly("the stack changed since");
    }

    private static List<String> between(Side saved, Side now) {
        return PlanDifference.between(saved, now);
    }

    private static Side side(String action, Map<String, Object> wanted) {
        return new Side(
                Map.of("changes", List.of(Map.of("unit", "web", "action", action))),
                new TreeMap<>(Map.of("web", wanted)));
    }

    private static Side applied(String from) {
        var field = Map.of("path", "env.A", "from", from, "to", "1");
        return new Side(
                Map.of(
                        "changes",
                        List.of(
                                Map.of(
                                        "unit",
                                        "web",
                                        "action",
                                        "update",
                                        "fields",
                                        List.of(field)))),
                new TreeMap<>(Map.of("web", WEB)));
    }

    private static Map<String, Object> order(String stage, List<String> waitsFor) {
        return Map.of("unit", "web", "stage", stage, "waitsFor", waitsFor);
    }

    private static Side hash(String input) {
        return new Side(Map.of("inputHash", input), new TreeMap<>());
    }
}
