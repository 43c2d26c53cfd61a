package dev.fairlead.target.local;

import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.unit.Run;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Where a command runs, and with which environment.
record Site(Path folder, SortedMap<String, String> environment) {
    Site {
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    }

    /// As a unit is started there; only the mark of its own processes is not in it.
    ///
    /// @param variables of this process
    static Site of(Outline outline, Run run, Map<String, String> variables) {
        var environment = new TreeMap<>(Specs.surroundings(variables));
        var path = environment.getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        environment.put("PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + path);
        run.env().forEach((name, value) -> environment.put(name, value.reveal()));
        return new Site(outline.root().resolve(run.workingDir()).normalize(), environment);
    }
}
