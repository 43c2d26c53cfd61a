package dev.fairlead.deploy.target;

import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Work;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// One run of an agent: its command, once, where the units of an environment run.
public final class AgentRun {
    private AgentRun() {}

    /// What is to be run.
    ///
    /// @param id tells the run from every other of its agent; a word of small letters and digits
    /// @param task what the agent shall do
    /// @param arguments come behind those of its command
    /// @param declared the environment as the stack has it now, when it could be evaluated
    /// @param clock for the times in what is kept of its output
    public record Order(
            String id,
            Optional<String> task,
            List<String> arguments,
            Optional<Environment> declared,
            Clock clock) {
        public Order {
            arguments = List.copyOf(arguments);
        }

        /// The texts of the agent ask for a task, and there is none.
        public boolean lacksTask(Stream<String> texts) {
            return task.isEmpty() && texts.anyMatch(text -> text.contains(Work.Agent.TASK));
        }

        /// Why it is not begun then.
        public End withoutTask() {
            return new End.Refused(
                    "it needs a task, and was given none",
                    "give it one: --task TEXT or --task-file FILE");
        }
    }

    /// Takes what is told of a run, one at a time.
    public interface Listener {
        /// It is begun now.
        void begun();

        /// One line of its output, secrets masked.
        void line(String text);

        /// What it waits for, or what else a person should know.
        void note(String what);
    }

    /// How a run ended.
    public sealed interface End {
        /// By itself.
        ///
        /// @param exitCode its own; 128 and the number of the signal when one ended it
        record Ended(int exitCode) implements End {}

        /// It took too long, and was ended.
        record TimedOut(Duration most) implements End {}

        /// Somebody interrupted it; nothing of it runs any more.
        record Interrupted() implements End {}

        /// It could not be started, or was taken away while it ran.
        record Failed(Cause why) implements End {}

        /// It was not begun, as something is missing that whoever asked can give.
        record Refused(String what, String hint) implements End {}
    }
}
