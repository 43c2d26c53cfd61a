package dev.fairlead.cli.migrate;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Report;
import dev.fairlead.cli.Session;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.engine.schema.Findings;
import dev.fairlead.engine.schema.LintedFiles;
import dev.fairlead.engine.schema.Workplace;
import dev.fairlead.migrate.lint.Finding;
import dev.fairlead.migrate.lint.prove.DownProof;
import dev.fairlead.migrate.lint.prove.Verdict;
import dev.fairlead.migrate.lint.prove.WaysBack;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead migrate lint`.
@Command(
        name = "lint",
        description = {
            "What is dangerous in migrations before they run: locks, rewrites, losses, missing ways back.",
            "Without a database all of them count as pending, on an empty one; --after says which have run.",
            "With --live the database says it, and the sizes of its tables count."
        },
        footer = "  fairlead migrate lint --source services/internal/api/cmd/cli/migrations")
final class LintCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final PlaceFlags place = new PlaceFlags();

    @Option(
            names = "--live",
            description = "Ask the database what has run; only what is pending is looked at.")
    boolean live;

    @Option(
            names = "--after",
            paramLabel = "KEY",
            description = {
                "This one and those before it have run, so that their tables hold data; for a build without a",
                "database: the last migration of the branch that is deployed."
            })
    @Nullable String after;

    @Option(
            names = "--prove-down",
            description = {
                "Run every migration up, down and up again on a scratch database of the server, and compare",
                "the schema each time. The user needs CREATEDB; no other database is touched."
            })
    boolean proveDown;

    LintCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (var at = place.open(session)) {
            var findings = new ArrayList<>(findings(at));
            var verdicts = proveDown ? waysBack(at) : List.<Verdict>of();
            verdicts.forEach(verdict -> WaysBack.finding(verdict).ifPresent(findings::add));
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
                                counted(at.files().size(), "migration")
                                        + ", "
                                        + counted(findings.size(), "finding")
                                        + proved(verdicts));
            }
            return ExitCode.of(problems);
        }
    }

    private static String counted(int count, String of) {
        return count + " " + of + (count == 1 ? "" : "s");
    }

    private List<Finding> findings(Workplace at) {
        var last = after;
        if (live && last != null) {
            throw Problem.error(
                            CliCode.USAGE,
                            "--live asks the database what --after says; give one of them")
                    .thrown();
        }
        if (!live) {
            return last == null
                    ? LintedFiles.findings(at.files())
                    : LintedFiles.after(at.files(), last);
        }
        var migrations = at.migrations();
        return Findings.of(migrations.plan(), at.files(), migrations.live());
    }

    /// `; ways back: 5 proved, 1 broken, 2 without one`.
    private static String proved(List<Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return "";
        }
        long broken = verdicts.stream().filter(Verdict::broken).count();
        long none = verdicts.stream().filter(Verdict.NoWayBack.class::isInstance).count();
        long untried = verdicts.stream().filter(Verdict.NotTried.class::isInstance).count();
        return "; ways back: %d proved, %d broken, %d without one%s"
                .formatted(
                        verdicts.size() - broken - none - untried,
                        broken,
                        none,
                        untried > 0 ? ", %d not tried".formatted(untried) : "");
    }

    private List<Verdict> waysBack(Workplace at) throws InterruptedException {
        var name = "fairlead_proof_" + HexFormat.of().toHexDigits(new SecureRandom().nextInt());
        return DownProof.prove(at.files(), at.database(), name, _ -> {});
    }
}
