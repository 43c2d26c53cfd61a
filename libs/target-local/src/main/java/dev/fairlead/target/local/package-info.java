/// The target `local`: units as processes of this machine, under a supervisor that outlives the command.
///
/// {@link dev.fairlead.target.local.LocalTarget} is the way in: `LocalTarget.create(home, variables, holder)` for the
/// folder that `.fairlead` lies in (`Outline.home`), the variables of the user's process, and a description of this
/// process for whoever finds it holding a lease. A process that never opens a session makes no native call.
///
/// - `snapshot`, `store`, `logs`, `resolve`, `environments` read files and `/proc`; they need no supervisor and start none.
/// - `open` starts the supervisor where none runs. It is a JVM of its own in a session of its own: the same `java`, class
///   path and class-data options as this process. When this process is of another build, the running supervisor ends
///   without touching its units, and the new one takes them over.
/// - A session that loses its supervisor starts another one and hands everything over again, so that killing the
///   supervisor in the middle of an execution is a delay, not a failure.
///
/// May import deploy's ports, inventory's environment records, document, diagnostic; of the outside world commons-compress
/// and xz (for one archive) and directory-watcher.
@NullMarked
package dev.fairlead.target.local;

import org.jspecify.annotations.NullMarked;
