package dev.fairlead.cli.migrate;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Session;
import dev.fairlead.migrate.create.Draft;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fairlead migrate create`.
@Command(
        name = "create",
        description = {
            "Writes the draft of a migration; asks nothing that it can infer and never writes over a file.",
            "Needs no database."
        },
        footer = "  fairlead migrate create --type spec --unit guestbook-db \"count words\"")
final class CreateCommand implements Callable<Integer> {
    /// The sorts of file.
    enum Type {
        goose,
        spec
    }

    private final Session session;
    @Mixin private final PlaceFlags place = new PlaceFlags();

    @Parameters(paramLabel = "NAME", description = "What it does, in a few words.")
    String name = "";

    @Option(
            names = "--type",
            paramLabel = "goose|spec",
            description = "A goose SQL file (when not given) or a MigrationSpec.")
    Type type = Type.goose;

    CreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var folder = place.folder(session);
        var draft = new Draft(folder, session.shell().clock());
        var file =
                draft.create(
                        switch (type) {
                            case goose -> Draft.Type.GOOSE;
                            case spec -> Draft.Type.SPEC;
                        },
                        name,
                        place.name(folder));
        var shown = file.startsWith(session.folder()) ? session.folder().relativize(file) : file;
        if (session.json()) {
            session.printJson(Map.of("file", shown.toString()));
        } else {
            session.console().out().println(shown);
        }
        return ExitCode.DONE;
    }
}
