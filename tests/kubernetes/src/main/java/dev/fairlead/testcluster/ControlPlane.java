package dev.fairlead.testcluster;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The processes of a cluster of ours, which a test may hold up and kill. The cluster is whole again afterwards: the next
/// test uses it too.
public final class ControlPlane {
    private final Path run;

    ControlPlane(Path run) {
        this.run = run;
    }

    /// Holds a part (`etcd`) up for a while: it is there, and answers nothing.
    public void pause(String part, Duration length) throws IOException, InterruptedException {
        signal("STOP", pid(part));
        try {
            Thread.sleep(length);
        } finally {
            signal("CONT", pid(part));
        }
    }

    /// Kills a part (`kube-apiserver`) and starts it again, as an upgrade does without asking.
    public void restart(String part) throws IOException, InterruptedException {
        long before = pid(part);
        var command = command(before);
        // All parts share a network that is not always that of the tests.
        var network = Path.of("/proc", Long.toString(pid("etcd")), "ns", "net");
        signal("KILL", before);
        ProcessHandle.of(before).ifPresent(old -> old.onExit().join());
        var whole = new ArrayList<String>();
        if (Shell.root()) {
            whole.addAll(List.of("nsenter", "--net=" + network));
        }
        whole.addAll(command);
        var log = ProcessBuilder.Redirect.appendTo(run.resolve("log/" + part + ".log").toFile());
        var after =
                new ProcessBuilder(whole)
                        .redirectInput(new File("/dev/null"))
                        .redirectOutput(log)
                        .redirectError(log)
                        .start();
        Files.writeString(run.resolve("pid/" + part), after.pid() + "\n");
    }

    private long pid(String part) throws IOException {
        return Long.parseLong(Files.readString(run.resolve("pid/" + part)).strip());
    }

    private static List<String> command(long pid) throws IOException {
        var bytes = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
        return List.of(new String(bytes, StandardCharsets.UTF_8).split("\0"));
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        var said = Shell.run(List.of("kill", "-" + name, Long.toString(pid)), "");
        if (said.status() != 0) {
            throw new AssertionError("kill -" + name + " " + pid + ": " + said.text());
        }
    }
}
