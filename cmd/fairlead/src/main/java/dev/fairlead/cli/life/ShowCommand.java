package dev.fairlead.cli.life;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.text.PlanText;
import dev.fairlead.deploy.history.CriticalPath;
import dev.fairlead.deploy.render.Revision;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.kubernetes.KubernetesYaml;
import dev.fairlead.engine.SavedPlan;
import dev.fairlead.engine.life.LifeShapes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `fairlead show`.
@Command(
        name = "show",
        description = {
            "Shows a revision's desired state (a number), a saved plan (a file), or an execution with its steps (up-12).",
            "Secrets show as ${secret:NAME}."
        },
        footer = "  fairlead show staging.plan")
public final class ShowCommand implements Callable<Integer> {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern EXECUTION = Pattern.compile("[a-z]+-[0-9]+");

    private final Session session;

    @Parameters(
            paramLabel = "REVISION|PLANFILE|EXECUTION",
            description =
                    "4, staging.plan, up-12; `fairlead history` lists revisions and executions.")
    String what = "";

    public ShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        var file = session.resolve(java.nio.file.Path.of(what));
        if (Files.isRegularFile(file)) {
            plan(SavedPlan.read(Files.readString(file)));
        } else if (NUMBER.matcher(what).matches()) {
            var request = new Requests(session).whole(null);
            revision(session.engine().life().revision(request, Long.parseLong(what)));
        } else if (EXECUTION.matcher(what).matches()) {
            execution();
        } else {
            throw Problem.error(
                            CliCode.FILE_NOT_FOUND,
                            "\""
                                    + what
                                    + "\" is neither the number of a revision, nor a saved plan, nor an execution")
                    .withHint("`fairlead history` lists revisions and executions")
                    .thrown();
        }
        return ExitCode.DONE;
    }

    private void plan(SavedPlan saved) {
        if (session.json()) {
            session.printJson(saved.tree());
            return;
        }
        var console = session.console();
        console.out().print(new PlanText(saved.shown(), console.paintOut()).text());
    }

    private void revision(Revision revision) {
        if (session.json()) {
            session.printJson(revision.tree());
            return;
        }
        var out = session.console().out();
        out.println("# revision %d of %s".formatted(revision.number(), revision.environment()));
        out.println("# left by %s at %s".formatted(revision.execution(), revision.time()));
        revision.returnedTo().ifPresent(origin -> out.println("# the same as revision " + origin));
        for (var unit : revision.graph().order()) {
            var content = revision.units().get(unit);
            if (content == null) {
                continue;
            }
            Map<String, Object> shown = new LinkedHashMap<>();
            shown.put("unit", unit.value());
            shown.putAll(content);
            // Fingerprints say nothing to people.
            shown.remove("secrets");
            out.print("---\n" + KubernetesYaml.write(shown) + "\n");
        }
    }

    private void execution() {
        var request = new Requests(session).whole(null);
        var life = session.engine().life();
        var execution = life.execution(request, what);
        var path = CriticalPath.of(life.graph(request).graph(), execution.units());
        if (session.json()) {
            var shape = LifeShapes.execution(execution);
            shape.put("criticalPath", LifeShapes.path(path));
            session.printJson(shape);
            return;
        }
        var console = session.console();
        var text =
                new HistoryText(
                        console.paintOut(), session.shell().zone().get(), console.resultColumns());
        console.out().print(text.of(execution, path));
    }
}
