package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Fairlead.Running;
import dev.fairlead.tests.system.world.Http;
import dev.fairlead.tests.system.world.Processes;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Many slots of the guestbook at once: 15 at full scale, 3 otherwise.
class SlotCrowdIT {
    private static final int MANY = "full".equals(System.getProperty("scale")) ? 15 : 3;

    @Test
    @Covers({"SLOT-01", "SLOT-03"})
    void allThatAreAskedForAtOnceComeAndAreReachedAndLeaveNothing() {
        try (var sandbox = Sandbox.guestbook()) {
            var fairlead = sandbox.fairlead();
            var asked = new ArrayList<Running>();
            for (int i = 0; i < MANY; i++) {
                asked.add(
                        fairlead.start(
                                "slots",
                                "take",
                                "-e",
                                "ai",
                                "--owner",
                                "agent " + i,
                                "--up",
                                "--quiet",
                                "-o",
                                "json"));
            }
            var numbers = new TreeSet<Integer>();
            for (var one : asked) {
                var slot = (java.util.Map<?, ?>) one.await().expect(0).json().get("slot");
                assertThat(slot.get("state")).isEqualTo("ready");
                numbers.add(((Number) slot.get("number")).intValue());
            }
            assertThat(numbers)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, MANY).boxed().toList());

            var addresses = new TreeSet<String>();
            for (int slot : numbers) {
                var status = Status.of(fairlead, "-e", "ai", "--slot", Integer.toString(slot));
                var page = status.url("web");
                addresses.add(page);
                assertThat(Http.fetch(page + "/title").body()).isEqualTo("Guestbook " + slot);
                assertThat(Http.fetch(page + "/api/entries").body()).isEqualTo("[]");
            }
            assertThat(addresses).hasSize(MANY);

            var release = new ArrayList<>(java.util.List.of("slots", "release", "-e", "ai", "-q"));
            numbers.forEach(number -> release.add(Integer.toString(number)));
            fairlead.done(release.toArray(String[]::new));

            assertThat(Processes.of(sandbox.folder())).isEmpty();
            assertThat(sandbox.folder().resolve(".fairlead/env")).isEmptyDirectory();
            assertThat(Files.exists(sandbox.folder().resolve(".fairlead/postgres/data"))).isTrue();
        }
    }
}
