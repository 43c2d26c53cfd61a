package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.slot.SlotPort.Activity;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.target.local.output.Output;
import dev.fairlead.target.local.state.SlotFiles;
import dev.fairlead.target.local.state.UnitFolder;
import dev.fairlead.target.local.system.Reaper;
import dev.fairlead.target.local.system.Spawn;
import dev.fairlead.target.local.wire.UnitSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// One unit as it shall run, with everything that its processes get.
///
/// @param root the folder of the stack
/// @param surroundings PATH, HOME, LANG and the like
record Job(
        UnitSpec spec,
        UnitFolder folder,
        Path root,
        Map<String, String> surroundings,
        Board board,
        Output output,
        Tools tools) {
    Mark mark() {
        return Mark.of(folder);
    }

    /// The unit's working directory.
    Path workingDir() {
        return root.resolve(spec.run().workingDir()).normalize();
    }

    /// The whole environment of a process of this unit. What the stack grants wins over what the user's shell has.
    Map<String, String> environment(Mark.Role role) {
        var all = new HashMap<>(surroundings);
        var path = all.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        all.put("PATH", tools.javaHome().resolve("bin") + ":" + path);
        spec.run().env().forEach((name, value) -> all.put(name, value.reveal()));
        all.put(Mark.VARIABLE, mark().value(spec.hash(), role));
        return all;
    }

    /// Somebody uses the environment: it is not idle.
    void touch(String why) {
        var environment = folder.environment();
        if (environment.ref().filter(ref -> ref.slot() > 0).isPresent()) {
            new SlotFiles(environment.home())
                    .touch(environment.key(), new Activity(tools.clock().instant(), why));
        }
    }

    Found find(List<Marked> command, Mark.Role role) {
        return Commands.find(command, workingDir(), environment(role));
    }

    /// Starts a process of the unit in a group of its own.
    ///
    /// @param output the FIFO that it prints into
    Reaper.Child start(List<String> command, Mark.Role role, Path output) throws IOException {
        return tools.reaper()
                .start(new Spawn(command, environment(role), workingDir(), output, false));
    }
}
