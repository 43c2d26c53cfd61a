package dev.fairlead.cli.life;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Report;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.console.Interrupts;
import dev.fairlead.deploy.target.AgentRun.End;
import dev.fairlead.deploy.target.AgentRun.Listener;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.engine.agent.Errand;
import dev.fairlead.engine.agent.Ran;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fairlead run`.
@Command(
        name = "run",
        description = {
            "Runs an agent of the stack once, where the units of the environment run: with their folder or",
            "workspace, their user, and the environment that its `run` declares. Its output is shown as it",
            "comes, secrets masked.",
            "The exit code is that of its command, 128 and more when a signal ended it; 1 when it cannot be run,",
            "4 when it could not be started or took longer than its run.timeout, 130 when it was interrupted.",
            "Ctrl-C asks it to end, and waits until nothing of it runs; a second one does not wait.",
            "Everything after -- comes behind the arguments of its command."
        },
        footer = {
            "  fairlead run coder --task 'make the tests of the api green'",
            "  fairlead run coder -e ai --slot 3 --task-file task.md -- --model large"
        })
public final class RunCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "AGENT", description = "The agent.")
    String agent = "";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "ARGS",
            description = "Further arguments of its command, after --.")
    List<String> arguments = List.of();

    @ArgGroup Task task = new Task();

    /// Where the task comes from.
    static final class Task {
        @Option(
                names = "--task",
                paramLabel = "TEXT",
                description = "What it shall do: `{{ .Task }}` in its texts, and FAIRLEAD_TASK.")
        @Nullable String text;

        @Option(
                names = "--task-file",
                paramLabel = "FILE",
                description = "The same from a file; - for the standard input.")
        @Nullable Path file;
    }

    public RunCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        var request = new Requests(session).whole(null);
        var name = Requests.units(List.of(agent)).getFirst();
        var errand = new Errand(name, task(), arguments);
        var desk = session.engine().life().agents(request);
        var waiting = Thread.currentThread();
        Ran ran;
        try (var _ = Interrupts.handledBy(waiting::interrupt)) {
            ran = desk.run(errand, session.user(), new Shown());
        }
        return ended(ran);
    }

    private Optional<String> task() throws IOException {
        var file = task.file;
        if (file == null) {
            return Optional.ofNullable(task.text);
        }
        if (file.toString().equals("-")) {
            var in = new FileInputStream(FileDescriptor.in);
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        try {
            return Optional.of(Files.readString(session.resolve(file)));
        } catch (NoSuchFileException e) {
            throw Problem.error(CliCode.FILE_NOT_FOUND, "there is no file " + file)
                    .withHint(CliCode.FILE_NOT_FOUND.remedy())
                    .thrown();
        }
    }

    private int ended(Ran ran) {
        var problems = ran.problem().map(List::of).orElse(List.of());
        if (session.json() && problems.isEmpty()) {
            session.printJson(ran.shape());
        } else if (session.json()) {
            Report.json(session.console(), problems);
        } else {
            Report.text(session.console(), problems);
        }
        return ran.end() instanceof End.Ended(var exitCode) ? exitCode : ExitCode.of(problems);
    }

    /// With `-o json` the standard output is the result's.
    private final class Shown implements Listener {
        @Override
        public void begun() {}

        @Override
        public void line(String text) {
            var to = session.json() ? session.console().err() : session.console().out();
            to.println(text);
            to.flush();
        }

        @Override
        public void note(String what) {
            session.say(what);
        }
    }
}
