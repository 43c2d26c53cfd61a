package dev.fairlead.target.local;

import dev.fairlead.deploy.mask.Masks;
import dev.fairlead.deploy.target.AgentRun.End;
import dev.fairlead.deploy.target.AgentRun.Listener;
import dev.fairlead.deploy.target.AgentRun.Order;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.Work;
import dev.fairlead.target.local.state.UnitFolder;
import dev.fairlead.target.local.supervisor.AgentProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// A run of an agent on this machine: started by this process, with the folder and the environment of a unit, and ended
/// with it.
///
/// @param folder of the agent
/// @param variables of this process
record LocalAgent(UnitFolder folder, Map<String, String> variables) {
    private static final Duration LONGEST = Duration.ofHours(1);

    /// @param resolution of the declared environment: what is masked
    End run(Order order, Environment declared, Resolution resolution, Listener listener)
            throws InterruptedException {
        boolean isUp = folder.applied().filter(UnitFolder.Applied::isAgent).isPresent();
        var run = Optional.ofNullable(declared.units().get(folder.name())).flatMap(Unit::run);
        if (!isUp || run.isEmpty()) {
            return new End.Refused(
                    folder.name()
                            + " is not there yet, as the environment was not brought up with it",
                    "bring it up: `fairlead up`");
        }
        var words = ((Work.Agent) run.get().work()).command();
        var env = run.get().env();
        if (order.lacksTask(
                Stream.concat(words.stream(), env.values().stream()).map(Marked::reveal))) {
            return order.withoutTask();
        }
        var masks = new Masks();
        Specs.secrets(declared, resolution).forEach(one -> masks.add(one.name(), one.value()));
        var site = Site.of(declared.outline(), run.get(), variables);
        var given =
                new AgentProcess.Given(
                        order.id(),
                        command(words, order),
                        site.folder(),
                        environment(site, order),
                        run.get().stop(),
                        run.get().timeout().orElse(LONGEST));
        return new AgentProcess(folder, given, order.clock()).run(masks, listener);
    }

    private static List<Marked> command(List<Marked> words, Order order) {
        var command = new ArrayList<Marked>();
        words.forEach(word -> command.add(Marked.plain(told(word.reveal(), order))));
        order.arguments().forEach(word -> command.add(Marked.plain(word)));
        return command;
    }

    private static Map<String, String> environment(Site site, Order order) {
        var environment = new TreeMap<>(site.environment());
        environment.replaceAll((_, value) -> told(value, order));
        environment.put(Work.Agent.VARIABLE, order.task().orElse(""));
        return environment;
    }

    private static String told(String text, Order order) {
        return text.replace(Work.Agent.TASK, order.task().orElse(""));
    }
}
