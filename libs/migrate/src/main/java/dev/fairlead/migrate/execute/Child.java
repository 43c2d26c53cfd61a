package dev.fairlead.migrate.execute;

import dev.fairlead.migrate.model.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A program in a process group of its own. The group lives no longer than a pipe that this process holds: closing it
/// ends every process of the group, and so does the death of this one.
final class Child implements AutoCloseable {
    private static final int LAST_LINES = 20;
    private static final Duration OUTPUT_ENDS_WITHIN = Duration.ofSeconds(5);

    /// `cat` ends when the pipe does; then it kills its own group.
    private static final String LEASH =
            "exec 3<&0; (cat <&3 >/dev/null; kill -KILL 0) & \"$@\" </dev/null 3<&-";

    private final Process process;
    private final Thread reader;
    private final Deque<String> lines = new ArrayDeque<>();
    private final Optional<String> secret;

    private Child(Process process, Optional<String> secret) {
        this.process = process;
        this.secret = secret;
        this.reader = Thread.ofVirtual().name("a program's output").start(this::read);
    }

    /// @param environment added to this process's own
    static Child start(Script.Exec exec, Map<String, String> environment) throws IOException {
        var command = new ArrayList<>(List.of("setsid", "sh", "-c", LEASH, "sh"));
        command.addAll(exec.command());
        var builder =
                new ProcessBuilder(command)
                        .directory(exec.folder().toFile())
                        .redirectErrorStream(true);
        builder.environment().putAll(environment);
        return new Child(builder.start(), Optional.ofNullable(environment.get("PGPASSWORD")));
    }

    private void read() {
        try (var output =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = output.readLine()) != null) {
                add(line);
            }
        } catch (IOException _) {
            // it ended
        }
    }

    private synchronized void add(String line) {
        var shown =
                secret.filter(word -> !word.isEmpty())
                        .map(word -> line.replace(word, "${secret:password}"))
                        .orElse(line);
        lines.addLast(shown);
        if (lines.size() > LAST_LINES) {
            lines.removeFirst();
        }
    }

    /// The last that it said; all of it once the child is closed.
    synchronized List<String> lastLines() {
        return List.copyOf(lines);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    void awaitEnd(Duration atMost) throws InterruptedException {
        process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Ends it with everything that it started, and returns when that is gone and its output has been read. What left its
    /// process group may hold the output open for ever: that is not waited for.
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
        } catch (IOException _) {
            // then the pipe is closed already
        }
        try {
            process.waitFor();
            reader.join(OUTPUT_ENDS_WITHIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the pipe is closed: it ends without us
        }
    }
}
