package dev.fairlead.migrate;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Migrators in a process of their own, which can be killed.
final class Victim implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    /// Started, and warm enough to begin at once.
    ///
    /// @param delays in milliseconds, for each how long it waits when all begin
    Victim(List<Long> delays, List<String> urls) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                VictimMain.class.getName()));
        command.addAll(VictimMain.arguments(delays, urls));
        process = new ProcessBuilder(command).redirectErrorStream(true).start();
        output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        await("ready");
    }

    void begin() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /// Waits for a line, or the end.
    ///
    /// @return the line, or what it said last
    String await(String wanted) throws IOException {
        var last = "";
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            last = line;
            if (line.equals(wanted)) {
                return line;
            }
        }
        return last;
    }

    /// As `kill -9` does it.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
