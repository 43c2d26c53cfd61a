package dev.fairlead.target.local;

import dev.fairlead.deploy.render.UnitTree;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.Target.Executed;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Run;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.target.local.state.Statuses;
import dev.fairlead.target.local.state.UnitFolder;
import dev.fairlead.target.local.supervisor.Found;
import dev.fairlead.target.local.supervisor.Mark;
import dev.fairlead.target.local.system.ProcessId;
import dev.fairlead.target.local.system.ProcessTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A command beside a unit: in its folder, with the environment of its process, or with the one that it would get. It is no
/// process of the unit: the variable that marks those is left out, so that nothing ends it with them.
record LocalExec(UnitFolder folder, Map<String, String> variables) {
    private static final int ENDS_WITHIN = 10;
    private static final Set<String> OWN_ENVIRONMENT = Set.of("process", "task", UnitTree.AGENT);

    Executed execute(List<String> command, Optional<Environment> declared)
            throws InterruptedException {
        var unit = declared.flatMap(known -> Optional.ofNullable(known.units().get(folder.name())));
        var refused = builtin(unit);
        if (refused.isPresent()) {
            return new Executed.Impossible(refused.get());
        }
        var site = running(declared).or(() -> declared(declared, unit));
        if (site.isEmpty()) {
            return impossible(
                    CauseCode.NOT_STARTED,
                    folder.name()
                            + " does not run, and services.yaml cannot be read to see what it would get",
                    "correct services.yaml (`fairlead validate`), or start the unit");
        }
        var words = command.stream().map(Marked::plain).toList();
        return switch (Found.in(words, site.get().folder(), site.get().environment())) {
            case Found.Missing(var cause) -> new Executed.Impossible(cause);
            case Found.Program(var program) -> run(program, site.get());
        };
    }

    private static Executed impossible(CauseCode code, String what, String advice) {
        return new Executed.Impossible(new Cause(code, what, List.of(advice), List.of()));
    }

    /// What has neither a process nor an environment of its own.
    private Optional<Cause> builtin(Optional<Unit> unit) {
        var applied = folder.applied().map(known -> String.valueOf(known.content().get("kind")));
        var kind =
                applied.or(() ->
                        unit.map(known ->
                                known.migrations().isPresent()
                                        ? "migrations"
                                        : known.run().map(LocalExec::kind).orElse("process")));
        return kind.filter(word -> !OWN_ENVIRONMENT.contains(word))
                .map(word ->
                        new Cause(
                                CauseCode.NOT_STARTED,
                                "%s is %s: it has no environment of its own"
                                        .formatted(
                                                folder.name(),
                                                word.equals("migrations")
                                                        ? "a migrations unit"
                                                        : "the builtin " + word),
                                List.of("run the command beside a unit that uses it"),
                                List.of()));
    }

    private static String kind(Run run) {
        return switch (run.work()) {
            case Work.Command _, Work.Task _ -> "process";
            case Work.Agent _ -> UnitTree.AGENT;
            case Work.StaticFiles _ -> "static";
            case Work.Postgres _ -> "postgres";
        };
    }

    /// As its process has it.
    private Optional<Site> running(Optional<Environment> declared) {
        return Statuses.process(folder)
                .filter(ProcessId::alive)
                .flatMap(process -> {
                    var environment = new TreeMap<>(ProcessTable.environment(process.pid()));
                    if (environment.remove(Mark.VARIABLE) == null) {
                        return Optional.empty(); // it wrote its title over it
                    }
                    return at(declared, process).map(path -> new Site(path, environment));
                });
    }

    private Optional<Path> at(Optional<Environment> declared, ProcessId process) {
        var within = folder.applied().map(known -> known.content().get("workingDir"));
        return declared.flatMap(known ->
                        within.map(path ->
                                known.outline().root().resolve(path.toString()).normalize()))
                .or(() -> ProcessTable.folder(process.pid()));
    }

    /// As the stack would start it.
    private Optional<Site> declared(Optional<Environment> declared, Optional<Unit> unit) {
        return unit.flatMap(Unit::run)
                .map(run -> Site.of(declared.orElseThrow().outline(), run, variables));
    }

    private static Executed run(List<String> program, Site site) throws InterruptedException {
        var builder = new ProcessBuilder(program).directory(site.folder().toFile()).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(site.environment());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return impossible(
                    CauseCode.COMMAND_MISSING,
                    program.getFirst() + " cannot be run: " + e.getMessage(),
                    CauseCode.COMMAND_MISSING.remedy());
        }
        try {
            return new Executed.Ended(process.waitFor());
        } catch (InterruptedException e) {
            process.destroy();
            if (!process.waitFor(ENDS_WITHIN, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return new Executed.Ended(process.waitFor());
        }
    }
}
