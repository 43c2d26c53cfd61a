package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.target.local.system.Exit;
import dev.fairlead.target.local.system.Listeners;
import dev.fairlead.target.local.system.Signals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/// Certain failures, in words.
final class Causes {
    /// What a shell adds to the number of the signal that ended a command.
    private static final int BY_SIGNAL = 128;

    /// The dynamic linker's words.
    private static final String NO_LIBRARY = "error while loading shared libraries";

    private static final Pattern SCRIPT = Pattern.compile("^#!\\s*(/\\S+)");

    private Causes() {}

    /// How a process ended.
    ///
    /// @param memoryRanOut the kernel ended some process for want of memory meanwhile
    record End(Exit exit, Duration lived, boolean memoryRanOut) {
        private boolean killed() {
            return exit.signal().orElse(exit.code().orElse(0) - BY_SIGNAL) == Signals.KILL;
        }

        private boolean forMemory() {
            return killed() && memoryRanOut;
        }

        @Override
        public String toString() {
            return exit
                    + " after "
                    + seconds(lived)
                    + (forMemory() ? " (by the kernel: memory ran out)" : "");
        }
    }

    static Cause exited(End end, List<String> lastLines) {
        return new Cause(CauseCode.EXITED, end.toString(), advice(end, lastLines), lastLines);
    }

    /// What the way in which a process ended says by itself, before what its output says.
    private static List<String> advice(End end, List<String> lastLines) {
        var advice = new ArrayList<String>();
        if (end.exit().success()) {
            advice.add(
                    "a service stays: keep it in the foreground, or declare it as `builtin: task`");
        }
        int code = end.exit().code().orElse(0);
        if (end.forMemory()) {
            advice.add("give it less to hold, or the machine more memory; `dmesg` has the details");
        } else if (end.killed()) {
            advice.add(
                    "no command of Fairlead ended it: `dmesg` says whether the kernel did because memory ran out");
        } else if (lastLines.stream().anyMatch(line -> line.contains(NO_LIBRARY))) {
            advice.add("install the library that it names; `ldd` lists those that are missing");
        } else if (code == 127) {
            advice.add("127 is a shell's word for a command that is not there");
        } else if (code == 126) {
            advice.add("126 is a shell's word for a command that is not executable");
        }
        advice.add(
                lastLines.isEmpty()
                        ? "it wrote nothing: run its command by hand in the unit's folder"
                        : "read the last lines of its output");
        advice.add("run `fairlead up` when it is mended");
        return advice;
    }

    static Cause gaveUp(End end, int tries, List<String> lastLines) {
        return new Cause(
                CauseCode.EXITED,
                "%s; it was started again %d times and never stayed ready".formatted(end, tries),
                advice(end, lastLines),
                lastLines);
    }

    static Cause task(String what, List<String> lastLines) {
        return new Cause(
                CauseCode.TASK_FAILED,
                what,
                List.of("read its output", "run `fairlead up`: it runs again"),
                lastLines);
    }

    static Cause build(String what, List<String> lastLines) {
        return new Cause(
                CauseCode.BUILD_FAILED,
                what,
                List.of("correct what the build complains about; saving the file builds again"),
                lastLines);
    }

    /// Somebody told a process to stand still.
    ///
    /// @param who `its process`
    static Cause stopped(String who, int pid) {
        return new Cause(
                CauseCode.STALLED,
                "%s (pid %d) is stopped (SIGSTOP)".formatted(who, pid),
                List.of("let it go on: kill -CONT " + pid, "or `fairlead restart UNIT`"),
                List.of());
    }

    /// A build that is under way.
    static Cause building(String command, List<String> lastLines) {
        return new Cause(
                CauseCode.PROBE_PENDING,
                "its build %s has not ended yet".formatted(command),
                List.of("see what it says: `fairlead logs UNIT`"),
                lastLines);
    }

    static Cause notStarted(String why) {
        return new Cause(CauseCode.START_REFUSED, why, List.of(), List.of());
    }

    /// The system did not start a program that is there and executable.
    static Cause notStarted(Path program, String why) {
        if (foreignLineBreaks(program)) {
            return new Cause(
                    CauseCode.START_REFUSED,
                    "cannot start %s: its lines end as on Windows (CR LF), so that its interpreter is not found"
                            .formatted(program),
                    List.of(
                            "save it with line feeds alone (dos2unix, or text eol=lf in .gitattributes)"),
                    List.of());
        }
        return interpreter(program)
                .filter(interpreter -> !Files.isExecutable(interpreter))
                .map(interpreter ->
                        new Cause(
                                CauseCode.START_REFUSED,
                                "cannot start %s: its first line names %s, which is not there"
                                        .formatted(program, interpreter),
                                List.of("install it, or correct the first line of the script"),
                                List.of()))
                .orElseGet(() ->
                        new Cause(
                                CauseCode.START_REFUSED,
                                why,
                                List.of(
                                        "a script needs a first line that names its interpreter (#!/bin/sh), a program must be built for this machine"),
                                List.of()));
    }

    private static boolean foreignLineBreaks(Path program) {
        var begin = begin(program);
        int end = begin.indexOf('\n');
        return begin.startsWith("#!") && end > 0 && begin.charAt(end - 1) == '\r';
    }

    private static String begin(Path program) {
        try (var in = Files.newInputStream(program)) {
            return new String(in.readNBytes(256), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private static Optional<Path> interpreter(Path program) {
        var named = SCRIPT.matcher(begin(program));
        return named.find() ? Optional.of(Path.of(named.group(1))) : Optional.empty();
    }

    /// The first of the ports that somebody else listens on.
    static Optional<Cause> portTaken(SortedMap<String, Integer> ports) {
        if (ports.isEmpty()) {
            return Optional.empty();
        }
        var listeners = Listeners.now();
        for (var port : ports.entrySet()) {
            var holder =
                    listeners.has(port.getValue())
                            ? Listeners.holderOf(port.getValue())
                            : Optional.<Listeners.Holder>empty();
            if (holder.isPresent()) {
                return Optional.of(portTaken(port, holder.get()));
            }
        }
        return Optional.empty();
    }

    /// A process that ended with an error while somebody else listens on a port of its own: it was robbed of it between the
    /// look before its start and the moment at which it wanted to listen.
    static Optional<Cause> robbed(
            SortedMap<String, Integer> ports, End end, List<String> lastLines) {
        return end.exit().success() || end.killed()
                ? Optional.empty()
                : portTaken(ports)
                        .map(taken ->
                                new Cause(
                                        taken.code(),
                                        taken.what() + "; it " + end,
                                        taken.advice(),
                                        lastLines));
    }

    private static Cause portTaken(Map.Entry<String, Integer> port, Listeners.Holder holder) {
        return new Cause(
                CauseCode.PORT_TAKEN,
                "port %d (%s) is held by %s"
                        .formatted(port.getValue(), port.getKey(), named(holder)),
                List.of(
                        "end that process, or give the unit another port",
                        "`auto` finds a free one with the next `fairlead up`"),
                List.of());
    }

    /// A unit is known by its name, a process by its number.
    private static String named(Listeners.Holder holder) {
        if (holder.pid().filter(pid -> pid == ProcessHandle.current().pid()).isPresent()) {
            return holder.description() + ", which serves a folder for another unit";
        }
        return holder.description()
                + holder.pid().flatMap(Mark::unitOf).map(unit -> ", " + unit).orElse("");
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}
