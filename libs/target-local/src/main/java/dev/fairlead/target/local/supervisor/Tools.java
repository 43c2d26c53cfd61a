package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.mask.Masks;
import dev.fairlead.target.local.postgres.Cluster;
import dev.fairlead.target.local.system.Poller;
import dev.fairlead.target.local.system.Reaper;
import java.nio.file.Path;
import java.time.Clock;

/// What every unit of a supervisor works with.
///
/// @param javaHome Fairlead's own JDK, first on the PATH of what it starts
record Tools(
        Reaper reaper, Poller poller, Masks masks, Clock clock, Path javaHome, Cluster cluster) {}
