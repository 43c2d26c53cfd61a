package dev.fairlead.target.local.system;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// Signals by name, as Linux numbers them.
public final class Signals {
    /// What is added to the number of a signal that ended a process, as shells do it.
    public static final int EXIT_CODE = 128;

    public static final int INT = 2;
    public static final int QUIT = 3;
    public static final int KILL = 9;
    public static final int TERM = 15;
    public static final int CONT = 18;

    private static final Map<String, Integer> NUMBERS =
            Map.ofEntries(
                    Map.entry("HUP", 1),
                    Map.entry("INT", INT),
                    Map.entry("QUIT", QUIT),
                    Map.entry("ILL", 4),
                    Map.entry("TRAP", 5),
                    Map.entry("ABRT", 6),
                    Map.entry("BUS", 7),
                    Map.entry("FPE", 8),
                    Map.entry("KILL", KILL),
                    Map.entry("USR1", 10),
                    Map.entry("SEGV", 11),
                    Map.entry("USR2", 12),
                    Map.entry("PIPE", 13),
                    Map.entry("ALRM", 14),
                    Map.entry("TERM", TERM),
                    Map.entry("CONT", CONT),
                    Map.entry("WINCH", 28));

    private Signals() {}

    /// The number of `TERM` or `SIGTERM`.
    public static OptionalInt number(String name) {
        var found = NUMBERS.get(name.startsWith("SIG") ? name.substring(3) : name);
        return found == null ? OptionalInt.empty() : OptionalInt.of(found);
    }

    /// `SIGKILL` for 9.
    public static String name(int number) {
        return NUMBERS.entrySet().stream()
                .filter(entry -> entry.getValue() == number)
                .map(entry -> "SIG" + entry.getKey())
                .findFirst()
                .orElse("signal " + number);
    }

    /// Sends a signal to one process; empty when it is gone, else why it could not be sent.
    public static Optional<String> send(int pid, int signal) {
        return reason(Libc.kill(pid, signal));
    }

    /// Sends a signal to every process of a group.
    public static Optional<String> sendToGroup(int group, int signal) {
        if (group <= 1) {
            throw new IllegalArgumentException("not a group of ours: " + group);
        }
        return reason(Libc.kill(-group, signal));
    }

    private static Optional<String> reason(Libc.Answer answer) {
        return answer.value() >= 0 || answer.errno() == Libc.ESRCH
                ? Optional.empty()
                : Optional.of(Libc.message(answer.errno()));
    }
}
