package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What runs in a pod in mode dev, run here: `fairlead dev-run` needs no cluster.
class DevRunIT {
    private static final Duration LONG = Duration.ofMinutes(3);

    @Test
    @Covers({"PAR-02", "PAR-04"})
    void aChangeIsBuiltAndStartedAndAFailedBuildKeepsTheFormerProcess() {
        try (var sandbox = Sandbox.of("")) {
            var folder = sandbox.folder().resolve("api");
            // The folder is not there yet, as before the first sync.
            var run =
                    sandbox.fairlead()
                            .start(
                                    "dev-run",
                                    "--root=" + sandbox.folder(),
                                    "--folder=" + folder,
                                    "--scratch=" + sandbox.outputs(),
                                    "--watch=src/*.sh",
                                    "--build=sh",
                                    "--build=-c",
                                    "--build=sh -n src/main.sh && cp src/main.sh built.sh",
                                    "--debounce=50ms",
                                    "--stop=TERM,2s",
                                    "--",
                                    "sh",
                                    "built.sh");
            try {
                Await.until("that it waits", LONG, () -> run.outSoFar().contains("`fairlead sync`"));
                sandbox.write("api/src/main.sh", "echo it is one\nsleep 100000 & wait\n");
                Await.until("the first", LONG, () -> run.outSoFar().contains("it is one\n"));

                sandbox.write("api/src/main.sh", "if then\n");
                Await.until("the failure", LONG, () -> run.outSoFar().contains("the build failed"));
                assertThat(run.outSoFar()).contains("the former process goes on");
                assertThat(Processes.runningIn(folder)).isNotEmpty();

                sandbox.write("api/src/main.sh", "echo it is two\nsleep 1; exit 3\n");
                Await.until("the second", LONG, () -> run.outSoFar().contains("it is two\n"));
                Await.until(
                        "that it is started again",
                        LONG,
                        () -> run.outSoFar().split("it is two\n", -1).length > 2);
                assertThat(run.outSoFar()).contains("the process exited with 3");
            } finally {
                run.process().descendants().toList();
                run.process().destroy();
                run.await();
            }
            Await.until("nothing runs there", LONG, () -> Processes.runningIn(folder).isEmpty());
        }
    }
}
