package dev.fairlead.testcluster;

/// What this machine lacks.
public final class Absence extends Exception {
    Absence(String what) {
        super("skipped: needs " + what);
    }
}
