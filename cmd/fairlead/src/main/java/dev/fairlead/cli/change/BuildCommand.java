package dev.fairlead.cli.change;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Columns;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.engine.image.Making;
import dev.fairlead.engine.image.Making.Made;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fairlead build`.
@Command(
        name = "build",
        description = {
            "Builds the images of an environment on Kubernetes, or of some of its units; `up` and `apply` do it by themselves.",
            "Without --push they stay on this machine: as a file, or in the builder that made them."
        },
        footer = "  fairlead build -e staging --push")
public final class BuildCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(arity = "0..*", paramLabel = "UNIT", description = "The units; all without one.")
    List<String> units = List.of();

    @Option(names = "--push", description = "Push them, those that the registry does not have.")
    boolean push;

    @Option(
            names = "--mirror",
            description = "Copy external images that have a repository of their own there, too.")
    boolean mirror;

    public BuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        var request = new Requests(session).of(null);
        var made =
                session.engine()
                        .build(
                                request,
                                Requests.units(units),
                                new Making(push, mirror),
                                (image, line) -> session.say(image + ": " + Columns.clean(line)));
        print(made);
        var problems = new ArrayList<Problem>();
        made.forEach(one -> problems.addAll(one.problems()));
        if (!problems.isEmpty()) {
            throw new ProblemException(problems);
        }
        return ExitCode.DONE;
    }

    private void print(List<Made> made) {
        if (session.json()) {
            session.printJson(shape(made));
            return;
        }
        var out = session.console().out();
        for (var one : made) {
            out.println(
                    "%-8s %s%s"
                            .formatted(
                                    one.what(),
                                    one.reference(),
                                    one.result().map(result -> "  " + result).orElse("")));
        }
        if (made.isEmpty()) {
            out.println("No image is used here.");
        }
        out.flush();
    }

    /// What `-o json` prints, without its version.
    public static Map<String, Object> shape(List<Made> made) {
        return Map.of("images", made.stream().map(BuildCommand::tree).toList());
    }

    private static Map<String, Object> tree(Made made) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("name", made.name());
        tree.put("reference", made.reference());
        tree.put("state", made.what());
        made.result().ifPresent(result -> tree.put("result", result));
        return tree;
    }
}
