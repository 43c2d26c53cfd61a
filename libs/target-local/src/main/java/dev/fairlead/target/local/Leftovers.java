package dev.fairlead.target.local;

import dev.fairlead.deploy.target.Target.Left;
import dev.fairlead.target.local.resolve.KeptDatabases;
import dev.fairlead.target.local.state.EnvironmentFolder;
import dev.fairlead.target.local.state.Secrets;
import java.nio.file.Files;
import java.util.ArrayList;

/// What lies in the folder of an environment that is down.
final class Leftovers {
    private Leftovers() {}

    static Left of(EnvironmentFolder folder) {
        var databases = KeptDatabases.all(folder);
        var data = new ArrayList<String>();
        if (!databases.isEmpty()) {
            data.add(
                    (databases.size() == 1 ? "the database " : "the databases ")
                            + String.join(", ", databases));
        }
        var state = new ArrayList<String>();
        if (Files.isDirectory(folder.path())) {
            state.add("journal");
        }
        if (folder.units().stream().anyMatch(unit -> Files.exists(unit.log()))) {
            state.add("logs");
        }
        if (KeptDatabases.hasPorts(folder)) {
            state.add("ports");
        }
        if (new Secrets(folder).any()) {
            state.add("generated secrets");
        }
        return new Left(".fairlead", data, state);
    }
}
