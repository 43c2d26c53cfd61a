/// What lies in `.fairlead`, and how it is written so that a kill at any instant leaves either the old or the new.
///
/// ```
/// .fairlead/                  0700, with a .gitignore of `*`
///   supervisor.json           0600: address, token and identity of the running supervisor
///   supervisor.lock           held by the supervisor while it lives
///   supervisor.log
///   postgres/                 the one postmaster of the folder: data, port, socket, log
///   env/KEY/                  an environment and slot
///     record.json             lease, token, intents and results, by compare-and-swap
///     events.ndjson           what happened; events.1.ndjson is older
///     revisions/N.json        what was wanted, masked
///     ports.json              the ports that were chosen, and the names of the databases
///     fence                   the highest token that a supervisor has seen
///     secrets/                0700, one file of 0600 each: generated secrets, passwords, the digest key
///     unit/NAME/              applied.json (masked), status.json, output (a FIFO), log, log.1, log.2
/// ```
@NullMarked
package dev.fairlead.target.local.state;

import org.jspecify.annotations.NullMarked;
