package dev.fairlead.cli.life;

import dev.fairlead.cli.Drawn;
import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Globals.Output;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.StackArgument;
import dev.fairlead.engine.life.LifeShapes;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `fairlead graph`.
@Command(
        name = "graph",
        description = {
            "Shows the units by stage, what each waits for, how long its last start took, and the critical path of the last run.",
            "Edges that follow from others are left out, but for -o json. Forms: text, json, mermaid, dot."
        },
        footer = "  fairlead graph -o dot | dot -Tsvg > graph.svg")
public final class GraphCommand implements Callable<Integer>, Drawn {
    private final Session session;
    @Mixin private final StackArgument argument = new StackArgument();

    public GraphCommand(Session session) {
        this.session = session;
    }

    @Override
    public Set<Output> drawings() {
        return EnumSet.of(Output.mermaid, Output.dot);
    }

    @Override
    public Integer call() {
        var report = session.engine().life().graph(new Requests(session).of(argument.stack()));
        var console = session.console();
        switch (session.globals().output()) {
            case json -> session.printJson(LifeShapes.graph(report));
            case text ->
                    console.out()
                            .print(
                                    new GraphText(console.paintOut(), console.resultColumns())
                                            .of(report));
            case mermaid -> console.out().print(new GraphDrawing(report).mermaid());
            case dot -> console.out().print(new GraphDrawing(report).dot());
        }
        return ExitCode.DONE;
    }
}
