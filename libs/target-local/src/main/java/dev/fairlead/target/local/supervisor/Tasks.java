package dev.fairlead.target.local.supervisor;

import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.state.SlotFiles;
import dev.fairlead.target.local.state.UnitFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// A task's end is written by a small launcher that runs it, so that it is known although the supervisor was killed
/// meanwhile.
final class Tasks {
    // The exit code is on the disk before the launcher ends. A launcher that is killed writes
    // nothing: the task counts as
    // not run.
    private static final String LAUNCHER =
            "out=$1; hash=$2; shift 2; \"$@\"; code=$?; umask 077; "
                    + "printf '%s %s\\n' \"$hash\" \"$code\" >\"$out.new\" && sync \"$out.new\" "
                    + "&& mv \"$out.new\" \"$out\"; exit $code";

    private Tasks() {}

    /// The task's command within its launcher.
    static List<String> launched(List<String> command, String hash, UnitFolder folder) {
        var launched = new ArrayList<String>();
        launched.addAll(List.of("/bin/sh", "-c", LAUNCHER, "fairlead-task"));
        launched.addAll(List.of(folder.taskEnd().toString(), hash));
        launched.addAll(command);
        return launched;
    }

    /// The exit code that was written for these inputs.
    static OptionalInt ended(String hash, UnitFolder folder) {
        return Durable.read(folder.taskEnd())
                .map(text -> text.strip().split(" "))
                .filter(parts -> parts.length == 2 && parts[0].equals(hash))
                .map(parts -> OptionalInt.of(Integer.parseInt(parts[1])))
                .orElse(OptionalInt.empty());
    }

    /// A task that succeeded for another slot in the same folder counts for this one too.
    ///
    /// @return whether it did
    static boolean adopt(Job job) {
        var hash = job.spec().hash();
        boolean done = SlotFiles.doneElsewhere(job.folder(), hash, job.root());
        if (done) {
            Durable.write(job.folder().taskRoot(), job.root().toString());
            Durable.write(job.folder().taskEnd(), hash + " 0\n");
        }
        return done;
    }

    /// The key under which slots that share a folder take turns.
    static String key(Job job) {
        return "task " + job.root() + " " + job.spec().hash();
    }

    /// Whether it was done with success for these inputs.
    static boolean done(String hash, UnitFolder folder) {
        var code = ended(hash, folder);
        return code.isPresent() && code.getAsInt() == 0;
    }
}
