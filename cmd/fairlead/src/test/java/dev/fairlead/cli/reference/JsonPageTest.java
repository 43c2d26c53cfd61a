package dev.fairlead.cli.reference;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.Typed;
import dev.fairlead.cli.change.BuildCommand;
import dev.fairlead.cli.pod.SyncCommand;
import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.execute.Outcome;
import dev.fairlead.deploy.explain.Explainer;
import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.plan.Plan;
import dev.fairlead.deploy.plan.Plan.Action;
import dev.fairlead.deploy.plan.Plan.Change;
import dev.fairlead.deploy.plan.Plan.Field;
import dev.fairlead.deploy.plan.Plan.Restart;
import dev.fairlead.deploy.plan.Plan.Step;
import dev.fairlead.deploy.target.AgentRun.End;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.Json;
import dev.fairlead.engine.Checked;
import dev.fairlead.engine.Explained;
import dev.fairlead.engine.RenderedEnvironment;
import dev.fairlead.engine.RenderedEnvironment.RenderedObject;
import dev.fairlead.engine.Shapes;
import dev.fairlead.engine.agent.Ran;
import dev.fairlead.engine.image.Making;
import dev.fairlead.engine.life.LifeShapes;
import dev.fairlead.engine.slot.Collected;
import dev.fairlead.engine.slot.SlotDesk.Given;
import dev.fairlead.engine.slot.SlotShapes;
import dev.fairlead.engine.sync.Synced;
import dev.fairlead.inventory.environment.Origin;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/reference/json.md`: every shape of `-o json` with an example that the command's own code wrote.
class JsonPageTest {
    private static final UnitName API = new UnitName("api");

    @TempDir Path folder;

    private final StringBuilder page =
            new StringBuilder(
                    """
                    <!-- Generated from what the commands write; not edited by hand. -->
                    # JSON

                    Each command writes one object with `-o json`; `events` and `logs` write one per line, without `version`. Fields are added in
                    time, none is renamed or changes its meaning without a new `version`. Times are UTC in ISO 8601, `ms` are milliseconds. Secrets show
                    as `${secret:NAME}`.
                    """);

    @Test
    void everyShapeHasAnExample() throws IOException {
        failures();
        plans();
        states();
        executions();
        life();
        slots();
        migrations();
        images();
        pods();
        tools();
        Committed.check("json.md", page.toString());
    }

    private void images() {
        shape(
                "build",
                "`state` is one of built, copied, there, skipped, failed; `result` is the digest, or where the image lies when it was not pushed.",
                versioned(
                        BuildCommand.shape(
                                List.of(
                                        new Making.Made(
                                                "api",
                                                "registry.example.com/guestbook/api:in-6f9d04c7f1b2a3e8",
                                                "built",
                                                Optional.of("sha256:" + "0a1b2c3d".repeat(8)),
                                                List.of())))));
    }

    private void pods() {
        shape(
                "sync",
                "`written` of `files` differed or were missing. With `--watch` one object per line, for each round that changed something.",
                versioned(SyncCommand.shape(new Synced(120, 3, 1, 14_000, Duration.ofMillis(85)))));
        shape(
                "run",
                "Of a run whose command came to an end of its own, whichever; any other end is a failure. The output of the agent goes to standard error.",
                versioned(
                        new Ran(
                                        new UnitName("coder"),
                                        "k7x2mp",
                                        new End.Ended(0),
                                        Duration.ofMillis(61_500))
                                .shape()));
    }

    private void slots() {
        var slot = SampleSlots.SLOT;
        var stays = new Collected(slot, SampleSlots.STAYS, Optional.empty(), List.of());
        shape(
                "slots list",
                "One entry for each slot that is taken or in use. `state` is one of taken, creating, ready, degraded, failed, sleeping, terminating."
                        + " `owner`, `purpose` and `taken` are absent where nobody took it, `ref` and `folder` where it has no worktree, `unsaved`"
                        + " where nothing in that would be lost. `verdict` is stays, sleeps or goes: what collecting would do now; `goesAt` is the forecast.",
                versioned(SlotShapes.list(SampleSlots.RANGE, List.of(stays))));
        shape(
                "slots take",
                "`again` says that it was this owner's for this purpose already; `collected` what had to go because none was free. With `--up` it adds `up`,"
                        + " the shape of apply. `slots keep` gives `slots` with entries of this form.",
                versioned(SlotShapes.given(new Given(slot, false, List.of()))));
        shape(
                "slots gc",
                "The slots of the list, with `outcome` where something was done.",
                versioned(
                        SlotShapes.collected(
                                false,
                                List.of(
                                        new Collected(
                                                slot,
                                                SampleSlots.GOES,
                                                Optional.of(new Outcome.Ready(new TreeSet<>())),
                                                List.of())))));
        shape(
                "slots release, sleep, wake",
                "One entry for each slot that was named, in the shape of apply, up to the first that did not end well.",
                versioned(
                        Map.of(
                                "slots",
                                List.of(SlotShapes.ended(3, new Outcome.Ready(new TreeSet<>()))))));
    }

    private void failures() {
        var line = "      dependOn: [ postgres ]";
        var place = new Source("services.yaml", "\n".repeat(40) + line).at(41, 7);
        var problem =
                Problem.error(CliCode.USAGE, place, "unknown key \"dependOn\"")
                        .withHint("did you mean \"dependsOn\"?");
        shape(
                "Every failure",
                "Whatever ends a command: the problems in the order of file and line. `file`, `line` and `column` are absent for a"
                        + " problem that belongs to no file. The exit code is that of the gravest kind ([errors.md](errors.md)).",
                Shapes.problems(List.of(problem)));
        shape(
                "validate",
                "The same with what was looked at; `ok` is false when an error is among the problems.",
                Shapes.validate(
                        new Checked(Optional.of(SampleReports.REPORT.ref()), 3, List.of())));
    }

    private void plans() {
        var change =
                new Change(
                        API,
                        "process/api",
                        Action.UPDATE,
                        List.of(new Field("env.LOG", Optional.of("info"), Optional.of("debug"))),
                        Optional.empty());
        var plan =
                new Plan(
                        "9f2c…",
                        "51ab…",
                        "07de…",
                        SampleReports.REPORT.ref(),
                        SampleReports.REPORT.target(),
                        List.of(change),
                        List.of(new Step(API, Stage.INTERNAL, new TreeSet<>())),
                        List.of(new Restart(API, "its environment changed")),
                        List.of(),
                        List.of(new Plan.Reorder(new UnitName("web"), "waits for cache")),
                        List.of());
        shape(
                "plan",
                "`action` is one of create, update, recreate, keep, prune, adopt, conflict. `from` is absent for a new field, `to` for one that"
                        + " goes. `hash` covers everything but `starts`; equal hashes mean that the same would be done. `reorders`"
                        + " names units whose place in the order or deadline is recorded anew, which restarts nothing.",
                Shapes.plan(plan));
        var processes = new LinkedHashMap<String, Object>();
        processes.put("unit", "api");
        processes.put("stage", "internal");
        processes.put("command", List.of("java", "src/Api.java"));
        shape(
                "render",
                "One object per unit in `processes`; the objects of manifests in `objects`, on Kubernetes as they would be sent. `sources` says of"
                        + " each object, in the same order, where it is written and what was added to it.",
                Shapes.render(
                        new RenderedEnvironment(
                                SampleReports.REPORT.ref(),
                                TargetKind.KUBERNETES,
                                List.of(processes),
                                List.of(object()),
                                List.of(),
                                List.of())));
        shape(
                "render --explain",
                "One entry per value below the key. `file`, `line`, `column` and `written` are absent for a default and for what the target"
                        + " gives; `over` is what the value stands in for, `reads` what its template reads, in the same form.",
                Shapes.origins(List.of(origin())));
    }

    private static RenderedObject object() {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("apiVersion", "v1");
        tree.put("kind", "ConfigMap");
        tree.put("metadata", Map.of("name", "api"));
        var place = new Source("deploy/api.yaml.tpl", "kind: ConfigMap").at(1, 1);
        return new RenderedObject(
                API,
                tree,
                new DesiredObject.Origin(
                        "deploy/api.yaml.tpl",
                        Optional.of(place),
                        List.of(
                                new DesiredObject.Injected(
                                        "metadata.labels",
                                        "labels fairlead.dev/stack, env, slot, unit"))));
    }

    private static Origin origin() {
        var file = new Source("services.yaml", "\n".repeat(90));
        var title =
                new Origin(
                        "vars.title",
                        "Guestbook",
                        "the stack",
                        Optional.of(new Origin.Written(file.at(9, 18), "Guestbook")),
                        List.of(),
                        List.of(),
                        List.of());
        return new Origin(
                "web.run.env.TITLE",
                "Guestbook",
                "the unit",
                Optional.of(new Origin.Written(file.at(81, 17), "{{ .Vars.title }}")),
                List.of(),
                List.of(
                        new Origin.Over(
                                "component java", new Origin.Written(file.at(40, 9), "none"))),
                List.of(title));
    }

    private void states() {
        shape(
                "status",
                "`state` is one of pending, starting, ready, degraded, failed, stopped, sleeping; that of the whole is the gravest of its units'.",
                Shapes.status(SampleReports.REPORT));
        var explainer = new Explainer(SampleReports.REPORT);
        var web = new UnitName("web");
        shape(
                "explain",
                "`chain` leads from the unit to the root cause. Without a unit: that of the unit most to blame, and all others in `units`.",
                Shapes.explain(
                        new Explained(
                                SampleReports.REPORT,
                                Optional.of(web),
                                explainer.explain(web).stream().toList(),
                                Optional.empty(),
                                places())));
    }

    private static SortedMap<UnitName, Place> places() {
        var places = new TreeMap<UnitName, Place>();
        places.put(
                API, new Source("services.yaml", "\n".repeat(11) + "    - name: api").at(12, 13));
        return places;
    }

    private void executions() {
        var trouble =
                new Outcome.Trouble(
                        API,
                        SampleReports.REPORT.units().get(1).cause().orElseThrow(),
                        SampleReports.NOW,
                        Optional.empty());
        var notTried = new TreeMap<UnitName, String>(Map.of(new UnitName("web"), "api failed"));
        shape(
                "apply, up, down, restart, prune, rollback",
                "`outcome` is one of ready, stuck, failed, superseded, interrupted, busy, stale. `up` adds `environment`, the shape of status;"
                        + " `apply` adds `plan`, the hash; `down` adds `left`; `prune` adds `leftovers[{unit, reason}]`; `rollback` adds"
                        + " `revision`. With `--rollback-on-failure` `rollback` has the same shape for the way back and its"
                        + " `revision`, or the `problems` that forbid it.",
                Shapes.outcome(new Outcome.Failed(List.of(trouble), notTried)));
        var event =
                new Event(
                        SampleReports.NOW,
                        "e-7",
                        Event.Kind.READY,
                        Optional.of(API),
                        Optional.of(Stage.INTERNAL),
                        "answers on 20123",
                        Optional.of(Duration.ofMillis(840)));
        line(
                "events",
                "`kind` is one of planned, started, progress, waiting, ready, failed, stopped, finished. The first event of an execution also"
                        + " has `by`, `command` and `plan` (a hash), the last one `outcome` and, where it made one, `revision`.",
                Shapes.event(event));
        line(
                "logs",
                "One line of output, masked.",
                new TreeMap<>(Map.of("unit", "api", "line", "listening on 20123")));
    }

    private void life() {
        shape(
                "diff",
                "What lives against services.yaml. `action` is that of a plan; `from` is absent for what is new, `to` for what goes. `lines`"
                        + " say what a migrations unit would do.",
                versioned(LifeShapes.diff(LifeSamples.diff())));
        shape(
                "drift",
                "What lives against what was applied last. `applied` is absent for what nobody applied, `live` for what is not there.",
                versioned(LifeShapes.drift(LifeSamples.drift())));
        shape(
                "history",
                "The oldest first. `outcome` is that of the execution, or running, or killed; `revision` of an execution is the one that it left"
                        + " behind, that of the whole the newest; `revisions` are kept. `show EXECUTION` prints one of `executions`"
                        + " with its `criticalPath`.",
                versioned(LifeShapes.history(LifeSamples.history())));
        shape(
                "graph",
                "`waitsFor` has every edge; `ms` and `end` are those of the unit's last start. `execution` is the last run, `criticalPath` what"
                        + " its end waited for, `waitedMs` the time between a unit and the one before it.",
                versioned(LifeShapes.graph(LifeSamples.graph())));
        shape(
                "show, open, forward",
                "`show REVISION` prints `{revision, time, execution, environment, planHash, inputHash, returnedTo?, graph{}, units{}}`,"
                        + " `show PLANFILE` what the file holds. `open` prints the following; `forward` one line"
                        + " `{version, unit, port, local, to}` when it listens. `exec` prints nothing of its own.",
                new TreeMap<>(
                        Map.of(
                                "version",
                                1,
                                "unit",
                                "web",
                                "url",
                                "http://127.0.0.1:20124",
                                "opened",
                                false)));
    }

    private void migrations() throws IOException {
        var samples = new MigrateShapes(folder);
        shape(
                "migrate plan",
                "The steps in the order in which they would run, with the locks that they take and what lint finds. The plan of a stack has"
                        + " the same under `parts[].plan`. An approval is bound to `hash`.",
                samples.plan());
        shape(
                "migrate plan --rehearse",
                "The plan with `rehearsal`: `outcome` is one of rehearsed, not rehearsed, failed, not tried, `ms` of a lock how long it would be held"
                        + " at most. `problems` say why a step would fail; then the exit code is 4.",
                samples.rehearsal());
        shape(
                "migrate status",
                "`missing` are applied migrations of which no file is here; `changed` have another text now than when they ran. `drift` is what"
                        + " became different in the schema since the last run ended, when `schema.known`; an object without `property` is there"
                        + " as a whole only then (`was`) or only now (`is`).",
                samples.status());
        shape(
                "migrate up, down, baseline, repair",
                "`outcome` is one of done, stopped, busy, waiting, refused. What ran before it stopped stays in the database; `stays` says what the"
                        + " failed step itself left.",
                samples.outcome());
        shape(
                "migrate why",
                "What stands against a run first, then what is pending. `code` is that of an error, or PENDING, APPLIED, UNKNOWN.",
                samples.why());
        shape(
                "migrate lint",
                "The rules are in [migrate-lint.md](migrate-lint.md).",
                samples.lint());
        shape(
                "migrate await",
                "With exit code 4 and `waitsFor` when time is over; when it is satisfied, `background` has what nobody waits for and is still to come.",
                new TreeMap<>(
                        Map.of(
                                "version",
                                1,
                                "satisfied",
                                false,
                                "waitsFor",
                                List.of("shop.sql.2@1.0.0 has not run"))));
        shape(
                "migrate approve, verify, create",
                "`approve` gives `plan` and `who`, with `--done` `done` and `who`; `create` gives `file`; `verify`:",
                new TreeMap<>(
                        Map.of("version", 1, "rows", 12, "hash", "9f2c…", "broken", List.of())));
    }

    private void tools() {
        var version = new TreeMap<>(Typed.in(Path.of("")).run("version", "-o", "json").json());
        version.put("fairlead", "0.1.0");
        version.put("java", "25.0.3+9-LTS");
        version.put("system", "Linux amd64");
        shape("version", "Which build this is.", version);
        var check = new LinkedHashMap<String, Object>();
        check.put("subject", "git");
        check.put("state", "limited");
        check.put("what", "not on the PATH");
        check.put("hint", "apt-get install git");
        shape(
                "doctor",
                "`state` is one of ok, limited, missing.",
                new TreeMap<>(Map.of("version", 1, "checks", List.of(check))));
        shape(
                "template render",
                "One object per template.",
                new TreeMap<>(
                        Map.of(
                                "version",
                                1,
                                "files",
                                List.of(
                                        new TreeMap<>(
                                                Map.of("path", "page.html", "text", "hello\n"))))));
    }

    /// As a command prints it.
    private static Map<String, Object> versioned(Map<String, ?> shape) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", 1);
        tree.putAll(shape);
        return tree;
    }

    private void shape(String command, String text, Map<String, ?> tree) {
        section(command, text, Json.pretty(tree));
    }

    private void line(String command, String text, Map<String, ?> tree) {
        section(command, text, Json.compact(tree));
    }

    private void section(String command, String text, String example) {
        page.append("\n## ").append(command).append("\n\n").append(text);
        page.append("\n\n```json\n").append(example).append("\n```\n");
    }
}
