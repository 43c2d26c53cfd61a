package dev.fairlead.cli.migrate;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Report;
import dev.fairlead.cli.Session;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.engine.schema.Findings;
import dev.fairlead.engine.schema.LintedFiles;
import dev.fairlead.engine.schema.Workplace;
import dev.fairlead.migrate.lint.Finding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead migrate lint`.
@Command(
        name = "lint",
        description = {
            "What is dangerous in migrations before they run: locks, rewrites, losses, missing ways back.",
            "Without a database all of them count as pending; with --live only those that are."
        },
        footer = "  fairlead migrate lint --source services/internal/api/cmd/cli/migrations")
final class LintCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final PlaceFlags place = new PlaceFlags();

    @Option(
            names = "--live",
            description = "Ask the database what has run; only what is pending is looked at.")
    boolean live;

    LintCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var at = place.open(session)) {
            var findings = findings(at);
            List<Problem> problems = findings.stream().map(LintedFiles::problem).toList();
            if (session.json()) {
                var shape = new LinkedHashMap<String, Object>();
                shape.put("migrations", at.files().size());
                shape.put("findings", findings.stream().map(Findings::tree).toList());
                session.printJson(shape);
            } else {
                Report.text(session.console(), problems);
                session.console()
                        .out()
                        .println(
                                "%d migrations, %d findings"
                                        .formatted(at.files().size(), findings.size()));
            }
            return ExitCode.of(problems);
        }
    }

    private List<Finding> findings(Workplace at) {
        return live
                ? Findings.of(at.migrations().plan(), at.files())
                : LintedFiles.findings(at.files());
    }
}
