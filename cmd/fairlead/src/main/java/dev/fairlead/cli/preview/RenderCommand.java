package dev.fairlead.cli.preview;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.OutFiles;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.cli.text.OriginText;
import dev.fairlead.cli.text.RenderedFiles;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.engine.Request;
import dev.fairlead.engine.Shapes;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fairlead render`.
@Command(
        name = "render",
        description = {
            "Shows the processes and objects as they would be sent, every value evaluated.",
            "Secrets show as $${secret:NAME}."
        },
        footer = "  fairlead render --out build/rendered")
public final class RenderCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write files into this folder: one per unit and manifest.")
    @Nullable Path out;

    @Option(names = "--show-secrets", description = "Show the values of secrets.")
    boolean showSecrets;

    @Option(
            names = "--explain",
            paramLabel = "KEY",
            description =
                    "Show where a value comes from, in place of the whole: a unit's key as in api.run.env.PORT, or one of spec as in vars.title.")
    @Nullable String explain;

    public RenderCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var request = new Requests(session).of(argument.stack());
        if (explain != null) {
            return explain(request, explain);
        }
        var rendered = session.engine().render(request, showSecrets);
        var console = session.console();
        var files = RenderedFiles.of(rendered);
        if (out != null) {
            var folder = out;
            var written = new OutFiles(session, "--out");
            files.forEach((name, text) -> written.write(folder.resolve(name), text));
            session.say(files.size() + " files in " + out);
        }
        if (session.json()) {
            session.printJson(Shapes.render(rendered));
        } else if (out == null) {
            files.forEach((name, text) -> console.out().print("# " + name + "\n" + text + "---\n"));
        }
        return ExitCode.DONE;
    }

    private int explain(Request request, String key) {
        if (out != null || showSecrets) {
            throw Problem.error(
                            CliCode.USAGE,
                            "--explain stands by itself: it writes no files and shows no secrets")
                    .thrown();
        }
        var origins = session.engine().origins(request, key);
        if (session.json()) {
            session.printJson(Shapes.origins(origins));
        } else {
            var console = session.console();
            console.out().print(new OriginText(console.paintOut()).of(origins));
        }
        return ExitCode.DONE;
    }
}
