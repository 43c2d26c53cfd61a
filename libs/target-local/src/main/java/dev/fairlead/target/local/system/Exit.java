package dev.fairlead.target.local.system;

import java.util.OptionalInt;

/// How a process ended.
///
/// @param code its exit code; empty when a signal ended it, or when it was not our child and nobody knows
/// @param signal the signal that ended it
public record Exit(OptionalInt code, OptionalInt signal) {
    /// For an adopted process: its end is seen, its exit code is not.
    public static final Exit UNKNOWN = new Exit(OptionalInt.empty(), OptionalInt.empty());

    /// From what `waitpid` gives.
    static Exit ofStatus(int status) {
        int signal = status & 0x7f;
        return signal == 0
                ? new Exit(OptionalInt.of((status >> 8) & 0xff), OptionalInt.empty())
                : new Exit(OptionalInt.empty(), OptionalInt.of(signal));
    }

    /// It ended with 0.
    public boolean success() {
        return code.isPresent() && code.getAsInt() == 0;
    }

    /// `exited with 1`, `was ended by SIGKILL`, `ended`.
    @Override
    public String toString() {
        if (code.isPresent()) {
            return "exited with " + code.getAsInt();
        }
        return signal.isPresent() ? "was ended by " + Signals.name(signal.getAsInt()) : "ended";
    }

    /// Ends this JVM at once: no shutdown hooks, no waiting for threads in native code (a JVM that ever had one takes
    /// 300 ms to end). Whoever calls it has written everything before.
    public static void now(int code) {
        Libc.exitNow(code);
    }
}
