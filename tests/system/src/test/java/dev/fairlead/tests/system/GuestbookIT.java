package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Browser;
import dev.fairlead.tests.system.world.Chromium;
import dev.fairlead.tests.system.world.Fairlead;
import dev.fairlead.tests.system.world.Http;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// A day with the guestbook: one copy of the example, brought up once, used, edited, hurt, and taken down.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuestbookIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> UNITS =
            List.of("api", "driver", "guestbook-db", "postgres", "web", "worker");
    private static final List<String> PROCESSES = List.of("api", "web", "worker");
    private static final String API = "services/internal/api/src/Api.java";

    private final Sandbox sandbox = Sandbox.guestbook();
    private final Fairlead fairlead = sandbox.fairlead();

    @BeforeAll
    void up() {
        fairlead.done("up", "--detach");
    }

    @AfterAll
    void cleanUp() {
        sandbox.close();
    }

    @Test
    @Order(1)
    @Covers("DEP-01")
    void everyUnitIsReadyAndStatusSaysWhere() {
        var status = Status.of(fairlead);

        assertThat(status.state()).isEqualTo("ready");
        assertThat(status.units().keySet()).containsExactlyInAnyOrderElementsOf(UNITS);
        assertThat(status.allReady()).as("%s", status).isTrue();
        assertThat(status.unit("postgres").stage()).isEqualTo("stateful");
        assertThat(status.unit("worker").stage()).isEqualTo("internal");
        assertThat(status.unit("web").stage()).isEqualTo("frontend");
        assertThat(status.unit("web").ports()).containsOnlyKeys("http");
    }

    @Test
    @Order(1)
    @Covers("DEP-02")
    void theOrderOfStartIsReadOutOfTheEvents() {
        var events = fairlead.done("events", "-o", "json").jsonLines();

        assertThat(position(events, "started", "api"))
                .isGreaterThan(position(events, "ready", "postgres"))
                .isGreaterThan(position(events, "ready", "driver"));
        assertThat(position(events, "started", "guestbook-db"))
                .isGreaterThan(position(events, "ready", "postgres"));
        for (var unit : List.of("api", "worker")) {
            assertThat(position(events, "started", unit))
                    .isGreaterThan(position(events, "ready", "guestbook-db"));
        }
        assertThat(position(events, "started", "web"))
                .isGreaterThan(position(events, "ready", "api"))
                .isGreaterThan(position(events, "ready", "worker"));
    }

    private static int position(List<Map<String, Object>> events, String kind, String unit) {
        for (int i = 0; i < events.size(); i++) {
            if (kind.equals(events.get(i).get("kind")) && unit.equals(events.get(i).get("unit"))) {
                return i;
            }
        }
        throw new AssertionError("no event %s of %s in %s".formatted(kind, unit, events));
    }

    @Test
    @Order(2)
    void whatIsWrittenThroughTheApiIsOnThePage() {
        var status = Status.of(fairlead);

        var stored = Http.post(status.url("api") + "/entries", entry("Ada", "two words"));
        assertThat(stored.statusCode()).as("%s", stored.body()).isEqualTo(201);

        assertThat(Http.fetch(status.url("web") + "/").body()).contains("Guestbook");
        Await.until(
                "the worker's count, through the page's server",
                SOON,
                () ->
                        Http.fetch(status.url("web") + "/api/entries")
                                .body()
                                .replace(" ", "")
                                .contains("\"words\":2"));
    }

    @Test
    @Order(3)
    void aVisitorSignsInARealBrowserAndSeesWhatTheDatabaseHolds(@TempDir Path profile)
            throws Exception {
        var chromium = Chromium.find();
        Assumptions.assumeTrue(
                chromium.isPresent(),
                "SKIPPED: the page in a real browser; install Chromium, or run as root with apt-get");
        var url = Status.of(fairlead).url("web") + "/";
        try (var browser = Browser.open(chromium.orElseThrow(), profile, url)) {
            browser.await("document.body.innerText.includes('two words')");
            browser.evaluate(
                    """
                    document.querySelector('[name=author]').value = 'Grace'
                    document.querySelector('[name=text]').value = 'signed <b>by hand</b>'
                    document.querySelector('form button').click()
                    """);
            browser.await("document.body.innerText.includes('signed <b>by hand</b>')");
            browser.await("document.body.innerText.includes('3 words')");
        }
        assertThat(entries()).contains("signed <b>by hand</b>");
    }

    @Test
    @Order(4)
    void upAgainChangesNothing() {
        var before = pids();

        var plan = fairlead.done("plan", "--exit-code", "-o", "json").json();
        fairlead.done("up", "--detach");

        assertThat(Status.objects(plan.get("changes")))
                .allSatisfy(change -> assertThat(change).containsEntry("action", "keep"));
        assertThat(pids()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void aChangedCommandRestartsThatUnitAndNoOther() {
        var before = pids();
        sandbox.replace("services.yaml", "lib/*\", Worker ]", "lib/*\", Worker, changed ]");

        var plan = fairlead.run("plan", "--exit-code", "-o", "json").expect(2).json();
        fairlead.done("up", "--detach");

        assertThat(Status.objects(plan.get("restarts")))
                .singleElement()
                .satisfies(restart -> assertThat(restart).containsEntry("unit", "worker"));
        var after = pids();
        assertThat(after.remove("worker")).isNotEqualTo(before.remove("worker"));
        assertThat(after).isEqualTo(before);
    }

    @Test
    @Order(5)
    void restartStartsOneUnitAnew() {
        var before = pids();
        fairlead.done("restart", "web");

        var after = pids();
        assertThat(after.remove("web")).isNotEqualTo(before.remove("web"));
        assertThat(after).isEqualTo(before);
        assertThat(Status.of(fairlead).allReady()).isTrue();
    }

    @Test
    @Order(6)
    @Covers("PAR-02")
    void anEditIsServedSecondsLater() {
        var url = Status.of(fairlead).url("api") + "/readyz";
        long edited = System.nanoTime();
        sandbox.replace(API, "{\\\"ready\\\": true}", "{\\\"ready\\\": \\\"edited\\\"}");

        Await.until(
                "the edited API",
                SOON,
                () -> Http.fetch(url).body().contains("edited"),
                this::evidence);

        System.out.printf("edit to served: %d ms%n", (System.nanoTime() - edited) / 1_000_000);
    }

    @Test
    @Order(7)
    @Covers("PAR-01")
    void anEditedPageIsServedAndSoIsItsEditedServer() {
        var url = Status.of(fairlead).url("web");
        sandbox.replace(
                "services/frontend/web/public/style.css", ":root {", "/* edited */ :root {");
        Await.until(
                "the edited page",
                SOON,
                () -> Http.fetch(url + "/style.css").body().contains("edited"),
                this::evidence);

        sandbox.replace(
                "services/frontend/web/src/Web.java", "utf8(\"ready\")", "utf8(\"edited\")");
        Await.until(
                "the edited server of the page",
                SOON,
                () -> Http.fetch(url + "/readyz").body().contains("edited"),
                this::evidence);
    }

    @Test
    @Order(7)
    void anEditThatDoesNotCompileLeavesTheOldProcessAtWorkAndShowsTheError() {
        var url = Status.of(fairlead).url("api") + "/readyz";
        long before = Processes.pidOf(sandbox.folder(), "api");
        sandbox.replace(
                API, "void serve() throws Exception {", "void serve() throws Exception { wrong");

        Await.until(
                "the compiler's message",
                SOON,
                () ->
                        fairlead.run("logs", "api").all().contains("Api.java:")
                                || fairlead.run("events").all().contains("Api.java:"),
                this::evidence);
        assertThat(Http.fetch(url).statusCode()).isEqualTo(200);
        assertThat(Processes.pidOf(sandbox.folder(), "api")).isEqualTo(before);

        sandbox.replace(
                API, "void serve() throws Exception { wrong", "void serve() throws Exception {");
        sandbox.replace(API, "\\\"edited\\\"", "\\\"repaired\\\"");
        Await.until(
                "the repaired API",
                SOON,
                () -> Http.fetch(url).body().contains("repaired"),
                this::evidence);
    }

    @Test
    @Order(8)
    void whatIsKilledComesBackAndNoRowIsLost() {
        var status = Status.of(fairlead);
        for (var unit : PROCESSES) {
            kill(unit, Processes.ofUnit(sandbox.folder(), unit).orElseThrow());
        }
        kill("postgres", Processes.postmasters(sandbox.folder()).getFirst());
        assertThat(Status.of(fairlead).unit("api").ports()).isEqualTo(status.unit("api").ports());
    }

    private void kill(String unit, Processes.Live victim) {
        var rows = entries();
        victim.kill();
        Await.until(
                unit + " again",
                SOON,
                () -> entries().equals(rows) && Status.of(fairlead).allReady(),
                this::evidence);
    }

    @Test
    @Order(9)
    void onlyTheAdminTokenRemovesAnEntry() {
        var api = Status.of(fairlead).url("api");
        var id =
                Http.post(api + "/entries", entry("Eve", "gone soon"))
                        .body()
                        .replaceAll("\\D*(\\d+).*", "$1");

        assertThat(Http.delete(api + "/entries/" + id, "guessed").statusCode()).isEqualTo(401);
        assertThat(Http.delete(api + "/entries/" + id, adminToken()).statusCode()).isEqualTo(204);
        assertThat(entries()).doesNotContain("gone soon");
    }

    @Test
    @Order(10)
    void theTokenIsInNoOutputAndInNoFileButItsOwn() {
        Leaks.assertNone(sandbox, fairlead, adminToken());
    }

    @Test
    @Order(11)
    void downLeavesNoProcessNoPortAndNoFileOfItsOwn() {
        var ports = new TreeMap<String, Integer>();
        Status.of(fairlead)
                .units()
                .forEach((name, unit) ->
                        unit.ports().forEach((port, number) -> ports.put(name + port, number)));
        assertThat(ports.values())
                .isNotEmpty()
                .allSatisfy(port -> assertThat(Http.listens(port)).isTrue());

        fairlead.done("down");

        assertThat(Processes.of(sandbox.folder())).isEmpty();
        assertThat(ports.values()).allSatisfy(port -> assertThat(Http.listens(port)).isFalse());
        try (var untouched = Sandbox.guestbook()) {
            assertThat(sandbox.sources()).isEqualTo(untouched.sources());
        }
    }

    @Test
    @Order(12)
    void theEntriesAreThereAgainAfterTheNextUp() {
        fairlead.done("up", "--detach");
        assertThat(entries()).contains("two words");

        fairlead.done("down", "--volumes", "--yes");
        assertThat(Processes.of(sandbox.folder())).isEmpty();
    }

    private Map<String, Long> pids() {
        var pids = new TreeMap<String, Long>();
        PROCESSES.forEach(unit -> pids.put(unit, Processes.pidOf(sandbox.folder(), unit)));
        return pids;
    }

    private String entries() {
        return Http.fetch(Status.of(fairlead).url("api") + "/entries").body();
    }

    private static String entry(String author, String text) {
        return "{\"author\": \"%s\", \"text\": \"%s\"}".formatted(author, text);
    }

    /// As the example's README tells a person to find it.
    private String adminToken() {
        return Rendered.variable(fairlead, "api", "ADMIN_TOKEN");
    }

    private String evidence() {
        return "" + fairlead.run("status") + fairlead.run("events") + fairlead.run("logs", "api");
    }
}
