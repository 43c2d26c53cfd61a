/// The process that holds all others of one `.fairlead` folder: it starts, stops and watches units, and answers commands.
/// It decides nothing about order. {@link dev.fairlead.target.local.supervisor.SupervisorMain} is its composition root.
///
/// A unit is one {@link SupervisedUnit} with at most one {@link Life}: a virtual thread that goes through starting,
/// probing, restarting and ends when it is interrupted. The processes of a unit are found by the variable
/// `FAIRLEAD_UNIT` in their environment, whoever started them.
///
/// Restarts: a process that ends before it was ever ready has failed at once, whatever `restart` says; an edit in mode
/// `dev` or the next `up` tries again. One that was ready is started again after 0.5 s, 1 s, 2 s … at most 30 s; when six
/// tries in a row did not stay ready for 30 s, the unit has failed. A unit that is ready is probed slowly; after three
/// failing probes in a row it is degraded, until one succeeds. A probe never restarts anything.
@NullMarked
package dev.fairlead.target.local.supervisor;

import org.jspecify.annotations.NullMarked;
