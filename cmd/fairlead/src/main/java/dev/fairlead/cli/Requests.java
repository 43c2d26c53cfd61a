package dev.fairlead.cli;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.engine.Request;
import dev.fairlead.inventory.Choice;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.UnitName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the global flags and a command's arguments ask of the engine.
public final class Requests {
    private static final String FILE = "services.yaml";

    private final Session session;

    public Requests(Session session) {
        this.session = session;
    }

    /// The request for the stack in a folder that an argument names, else in the current one.
    public Request of(@Nullable Path stack) {
        var globals = session.globals();
        if (globals.slot != null && globals.slot < 1) {
            throw Problem.error(
                            CliCode.USAGE, "--slot " + globals.slot + ": slots are numbered from 1")
                    .withHint("leave --slot out for the environment without a slot")
                    .thrown();
        }
        var folder = stack == null ? session.folder() : session.resolve(stack);
        var file = globals.file == null ? folder : folder.resolve(globals.file);
        var choice =
                new Choice(
                        Optional.ofNullable(globals.env),
                        globals.slot == null ? 0 : globals.slot,
                        Optional.ofNullable(globals.target).map(Requests::target),
                        new TreeMap<>(globals.sets),
                        Optional.ofNullable(globals.context));
        return session.engine()
                .settled(
                        new Request(
                                file,
                                choice,
                                new TreeSet<>(units(globals.only)),
                                new TreeSet<>(units(globals.skip))));
    }

    /// The same for a command that is about the whole environment or about units that are its arguments.
    public Request whole(@Nullable Path stack) {
        var globals = session.globals();
        if (!globals.only.isEmpty() || !globals.skip.isEmpty()) {
            throw Problem.error(
                            CliCode.USAGE,
                            (globals.only.isEmpty() ? "--skip" : "--only")
                                    + " has no meaning for this command")
                    .withHint("leave it out")
                    .thrown();
        }
        return of(stack);
    }

    /// Whether an argument that could be a unit or a folder is a stack's folder: it has a services.yaml, and a separator
    /// in its name or no unit of that name beside it.
    ///
    /// @param units the names of the units of the current stack
    public boolean isStack(String argument, List<String> units) {
        var hasStack = Files.isRegularFile(session.resolve(Path.of(argument)).resolve(FILE));
        var written = argument.contains("/") || argument.equals(".") || argument.equals("..");
        return written || (hasStack && !units.contains(argument));
    }

    /// Names as units, all wrong ones reported at once.
    public static List<UnitName> units(List<String> names) {
        var wrong = names.stream().filter(name -> !UnitName.isValid(name)).toList();
        if (!wrong.isEmpty()) {
            throw new ProblemException(
                    wrong.stream()
                            .map(name ->
                                    Problem.error(
                                                    CliCode.USAGE,
                                                    "\"" + name + "\" is not the name of a unit")
                                            .withHint(
                                                    "units are named here; the stack's folder is given by -C, its file by -f"))
                            .toList());
        }
        return names.stream().map(UnitName::new).toList();
    }

    private static TargetKind target(String word) {
        var known = Arrays.stream(TargetKind.values()).toList();
        return known.stream()
                .filter(kind -> kind.toString().equals(word))
                .findFirst()
                .orElseThrow(() -> {
                    var names = known.stream().map(TargetKind::toString).toList();
                    return Problem.error(CliCode.USAGE, "unknown target \"" + word + "\"")
                            .withHint(
                                    Nearest.hint(word, names)
                                            .orElse("known are " + String.join(" and ", names)))
                            .thrown();
                });
    }
}
