package dev.fairlead.cli.slots;

import dev.fairlead.cli.CliCode;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.engine.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Parameters;

/// Which slots are meant.
final class NumberArgument {
    @Parameters(
            arity = "0..*",
            paramLabel = "N",
            description =
                    "The numbers of the slots; --slot N says the same, and in the worktree of a slot that one is meant.")
    List<Integer> numbers = new ArrayList<>();

    /// At least one, each once.
    List<Integer> of(Request request) {
        var all = new TreeSet<>(numbers);
        if (all.isEmpty() && request.choice().slot() > 0) {
            all.add(request.choice().slot());
        }
        if (all.isEmpty()) {
            throw Problem.error(CliCode.USAGE, "no slot was named")
                    .withHint("give its number; `fairlead slots list` shows them")
                    .thrown();
        }
        return List.copyOf(all);
    }
}
