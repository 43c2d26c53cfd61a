package dev.fairlead.cli.migrate;

import dev.fairlead.cli.CliCode;
import dev.fairlead.cli.Requests;
import dev.fairlead.cli.Session;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.engine.schema.MigrationFiles;
import dev.fairlead.engine.schema.Workplace;
import java.nio.file.Path;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which database, and which files.
final class PlaceFlags {
    /// Named in the environment rather than on the command line, where everybody on the machine reads it.
    private static final String VARIABLE = "FAIRLEAD_DATABASE";

    private static final String FOLDER = "migrations";

    @Option(
            names = "--database",
            paramLabel = "URL",
            description = {
                "postgresql://USER:PASSWORD@HOST:PORT/DATABASE;",
                "when not given, the variable FAIRLEAD_DATABASE."
            })
    @Nullable String database;

    @Option(names = "--source", paramLabel = "DIR", description = "The folder of the migrations.")
    @Nullable Path source;

    @Option(
            names = "--owner",
            paramLabel = "NAME",
            description =
                    "Whose migrations they are: goose files are named NAME.sql.NUMBER. The folder's name when not given.")
    @Nullable String owner;

    @Option(
            names = "--unit",
            paramLabel = "NAME",
            description =
                    "A migrations unit of the stack, in place of --database and --source; the only one when not given.")
    @Nullable String unit;

    /// The database and its files; the caller closes it.
    Workplace open(Session session) {
        var folder = source;
        var said = url(session);
        if (folder == null && (database == null || unit != null)) {
            return ofUnit(session);
        }
        if (folder == null) {
            throw usage("--database needs --source, the folder of the migrations");
        }
        if (unit != null) {
            throw usage("--unit names both database and source; give either it or --source");
        }
        namesAreAskedAnew();
        var files = new MigrationFiles(session.shell().environment());
        var absolute = session.resolve(folder);
        return Workplace.of(
                absolute,
                name(absolute),
                files,
                () ->
                        said.orElseThrow(() ->
                                usage("--source needs --database, or the variable " + VARIABLE)));
    }

    /// A database that is made anew while it is waited for may have another address; Java would keep the old one for half
    /// a minute.
    private static void namesAreAskedAnew() {
        Security.setProperty("networkaddress.cache.ttl", "1");
        Security.setProperty("networkaddress.cache.negative.ttl", "1");
    }

    /// The folder alone, for what needs no database.
    Path folder(Session session) {
        var folder = source;
        if (folder != null) {
            return session.resolve(folder);
        }
        try (var place = ofUnit(session)) {
            return place.folder();
        }
    }

    /// The name that goose files in a folder go by.
    String name(Path folder) {
        var given = owner;
        if (given != null) {
            return given;
        }
        var last = Optional.ofNullable(folder.getFileName()).map(Path::toString).orElse("");
        // .../api/cmd/cli/migrations belongs to api
        var of = folder;
        for (var part : List.of(FOLDER, "cli", "cmd")) {
            var parent = of.getParent();
            if (parent == null || !part.equals(String.valueOf(of.getFileName()))) {
                return last.isEmpty() ? "db" : last;
            }
            of = parent;
        }
        return Optional.ofNullable(of.getFileName()).map(Path::toString).orElse(last);
    }

    private Workplace ofUnit(Session session) {
        if (database != null) {
            throw usage("--unit names both database and source; --database comes with --source");
        }
        var named = unit;
        return session.engine()
                .migrations(
                        new Requests(session).of(null),
                        named == null
                                ? Optional.empty()
                                : Requests.units(List.of(named)).stream().findFirst());
    }

    private Optional<String> url(Session session) {
        return Optional.ofNullable(database)
                .or(() ->
                        Optional.ofNullable(session.shell().environment().get(VARIABLE))
                                .filter(text -> !text.isEmpty()));
    }

    private static RuntimeException usage(String what) {
        return Problem.error(CliCode.USAGE, what).withHint("see fairlead migrate --help").thrown();
    }
}
