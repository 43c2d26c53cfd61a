package dev.fairlead.target.local.supervisor;

/// What a unit does from its start until it is replaced or removed. Runs on a thread of its own and ends by interrupt;
/// it leaves its processes as they are, for whoever comes after to end or to adopt.
interface Life {
    void live() throws InterruptedException;
}
