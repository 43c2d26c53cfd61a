package dev.fairlead.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What processes use at a moment, and what they have used so far.
///
/// @param cpuSeconds in user and in system mode
record Usage(int processes, double cpuSeconds, double mib, long handles, long threads) {
    private static final double TICKS = 100; // of Linux on every common machine

    /// Lets time pass in which nothing is asked for.
    static void pause(int seconds) throws InterruptedException {
        Thread.sleep(seconds * 1000L);
    }

    /// Of all processes that work in a folder, or below it.
    static Usage below(Path folder) throws IOException {
        try (var proc = Files.list(Path.of("/proc"))) {
            var own =
                    proc.filter(process -> process.getFileName().toString().matches("\\d+"))
                            .filter(process -> worksIn(process, folder))
                            .toList();
            return of(own);
        }
    }

    /// Of one process.
    static Usage of(long pid) {
        return of(List.of(Path.of("/proc", Long.toString(pid))));
    }

    private static Usage of(List<Path> processes) {
        int count = 0;
        double cpu = 0;
        double kib = 0;
        long handles = 0;
        long threads = 0;
        for (var process : processes) {
            try {
                var stat = Files.readString(process.resolve("stat"));
                var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                cpu += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
                threads += Long.parseLong(fields[17]);
                kib += proportional(process);
                try (var open = Files.list(process.resolve("fd"))) {
                    handles += open.count();
                }
                count++;
            } catch (IOException _) {
                // it ended while we looked
            }
        }
        return new Usage(count, cpu, kib / 1024, handles, threads);
    }

    /// Memory that several processes share is counted once.
    private static double proportional(Path process) throws IOException {
        try (var lines = Files.lines(process.resolve("smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }
    }

    private static boolean worksIn(Path process, Path folder) {
        try {
            return Files.readSymbolicLink(process.resolve("cwd")).startsWith(folder);
        } catch (IOException e) {
            return false; // it ended, or is another user's
        }
    }
}
