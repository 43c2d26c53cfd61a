package dev.fairlead.cli.tool;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Columns;
import dev.fairlead.cli.console.Paint.Tone;
import dev.fairlead.cli.tool.MachineCheck.Finding;
import dev.fairlead.cli.tool.MachineCheck.Finding.Weight;
import dev.fairlead.diagnostic.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `fairlead doctor`.
@Command(
        name = "doctor",
        description = {
            "Looks at this machine: what Fairlead needs and finds, what is missing, and how to get it.",
            "Ends with 3 when something is missing that no stack can do without."
        },
        footer = "  fairlead doctor")
public final class DoctorCommand implements Callable<Integer> {
    private final Session session;

    public DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var findings = new MachineCheck(session.folder(), session.shell().environment()).findings();
        if (session.json()) {
            session.printJson(
                    Map.of("checks", findings.stream().map(DoctorCommand::tree).toList()));
        } else {
            print(findings);
        }
        return findings.stream().anyMatch(finding -> finding.weight() == Weight.MISSING)
                ? Kind.SURROUNDINGS.exitCode()
                : ExitCode.DONE;
    }

    private void print(List<Finding> findings) {
        var out = session.console().out();
        var paint = session.console().paintOut();
        int width = findings.stream().mapToInt(f -> f.subject().length()).max().orElse(0);
        for (var finding : findings) {
            var tone =
                    switch (finding.weight()) {
                        case OK -> Tone.GOOD;
                        case LIMITED -> Tone.ACTIVE;
                        case MISSING -> Tone.BAD;
                    };
            out.println(
                    paint.of(tone, Columns.fitted(finding.weight().word(), "missing".length()))
                            + "  "
                            + Columns.fitted(finding.subject(), width)
                            + "  "
                            + finding.what());
            finding.hint().ifPresent(hint -> out.println(" ".repeat(width + 11) + "hint: " + hint));
        }
    }

    private static Map<String, Object> tree(Finding finding) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("subject", finding.subject());
        tree.put("state", finding.weight().word());
        tree.put("what", finding.what());
        finding.hint().ifPresent(hint -> tree.put("hint", hint));
        return tree;
    }
}
