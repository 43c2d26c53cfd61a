package dev.fairlead.bench.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What one run of a command costs, its children included.
///
/// @param millis from its start to its end
/// @param cpuMillis of all its threads, in user and in system mode
/// @param peakMib the most memory that its largest process had at once
record Cost(double millis, double cpuMillis, double peakMib) {
    @SuppressWarnings(
            "restricted") // foreign functions are allowed by the command line of bench/compare
    private static final MethodHandle GETRUSAGE =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("getrusage"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.ADDRESS));

    /// What the command said of its mistakes; one runs at a time.
    private static final Path ERRORS =
            Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "fairlead-bench-%d.txt".formatted(ProcessHandle.current().pid()));

    private static final int RUSAGE_CHILDREN = -1;
    private static final int RUSAGE_SIZE = 144;

    /// Runs the command in the folder; its output goes nowhere.
    static Cost of(Path folder, List<String> command) throws IOException, InterruptedException {
        double cpuBefore = cpuOfChildren();
        long started = System.nanoTime();
        var process = process(folder, command).start();
        int exit = process.waitFor();
        double millis = (System.nanoTime() - started) / 1e6;
        if (exit != 0) {
            throw failed(command, exit);
        }
        return new Cost(millis, cpuOfChildren() - cpuBefore, peak(folder, command));
    }

    /// Runs the command once, for what must not run twice: its memory is looked at while it runs, which costs it a little.
    static Cost watched(Path folder, List<String> command)
            throws IOException, InterruptedException {
        double cpuBefore = cpuOfChildren();
        long started = System.nanoTime();
        var process = process(folder, command).start();
        long peak = 0;
        while (!process.waitFor(10, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, highWater(process.pid()));
            for (var child : process.descendants().toList()) {
                peak = Math.max(peak, highWater(child.pid()));
            }
        }
        double millis = (System.nanoTime() - started) / 1e6;
        if (process.exitValue() != 0) {
            throw failed(command, process.exitValue());
        }
        return new Cost(millis, cpuOfChildren() - cpuBefore, peak / 1024.0);
    }

    /// Runs the command once and gives what it printed.
    static String output(Path folder, List<String> command)
            throws IOException, InterruptedException {
        var process = process(folder, command).redirectOutput(ProcessBuilder.Redirect.PIPE).start();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + " failed");
        }
        return text.strip();
    }

    private static ProcessBuilder process(Path folder, List<String> command) {
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ERRORS.toFile());
    }

    private static IOException failed(List<String> command, int exit) throws IOException {
        return new IOException(
                "%s ended with exit code %d: %s"
                        .formatted(command, exit, Files.readString(ERRORS).strip()));
    }

    // In a run of its own, as looking costs time. Not from getrusage: what a vfork'ed child reports
    // as its peak includes
    // the memory of the process that started it.
    private static double peak(Path folder, List<String> command)
            throws IOException, InterruptedException {
        var process = process(folder, command).start();
        long peak = 0;
        while (!process.waitFor(1, TimeUnit.MILLISECONDS)) {
            peak = Math.max(peak, highWater(process.pid()));
            for (var child : process.descendants().toList()) {
                peak = Math.max(peak, highWater(child.pid()));
            }
        }
        return peak / 1024.0;
    }

    private static long highWater(long pid) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0; // it ended while we looked
        }
    }

    private static double cpuOfChildren() {
        try (var arena = Arena.ofConfined()) {
            var usage = arena.allocate(RUSAGE_SIZE, 8);
            if ((int) GETRUSAGE.invokeExact(RUSAGE_CHILDREN, usage) != 0) {
                throw new IllegalStateException("getrusage failed");
            }
            return millis(usage, 0) + millis(usage, 16);
        } catch (Throwable e) {
            throw new IllegalStateException("getrusage cannot be called here", e);
        }
    }

    /// A `timeval` at an offset.
    private static double millis(MemorySegment usage, long offset) {
        return usage.get(ValueLayout.JAVA_LONG, offset) * 1e3
                + usage.get(ValueLayout.JAVA_LONG, offset + 8) / 1e3;
    }
}
