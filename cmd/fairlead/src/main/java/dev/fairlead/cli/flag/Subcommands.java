package dev.fairlead.cli.flag;

import dev.fairlead.cli.Session;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;

/// The commands of a command, in the order of its help.
public final class Subcommands {
    private final Map<String, Function<Session, Callable<Integer>>> all = new LinkedHashMap<>();

    public Subcommands and(String name, Function<Session, Callable<Integer>> command) {
        all.put(name, command);
        return this;
    }

    /// The command with those of its own that a command line names, or with all of them: reading the annotations of each
    /// would take longer than most commands do.
    public CommandLine of(Object command, Session session, List<String> words) {
        var line = new CommandLine(command);
        var named = named(all.keySet(), words);
        all.forEach((name, make) -> {
            if (named.contains(name)) {
                line.addSubcommand(name, make.apply(session));
            }
        });
        return line;
    }

    /// @return those names that are among the words; all where none is
    public static List<String> named(Collection<String> names, List<String> words) {
        var named = names.stream().filter(words::contains).toList();
        return named.isEmpty() ? List.copyOf(names) : named;
    }
}
