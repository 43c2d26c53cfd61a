package dev.fairlead.target.local.supervisor;

import dev.fairlead.target.local.system.Exit;
import java.util.concurrent.CompletableFuture;

/// A unit's main process: started by us, or adopted.
///
/// @param pid its group's id too
/// @param wasReady it was ready when it was adopted
record Running(int pid, CompletableFuture<Exit> exit, boolean wasReady) {}
