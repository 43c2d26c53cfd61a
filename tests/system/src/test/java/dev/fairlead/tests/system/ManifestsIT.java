package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.tests.system.world.Sandbox;
import dev.fairlead.tests.system.world.Status;
import org.junit.jupiter.api.Test;

class ManifestsIT {
    @Test
    @Covers({"TPL-01", "TPL-03", "DEP-05"})
    void renderShowsTheObjectsOfStagingWithTheirPartials() {
        try (var sandbox = Sandbox.guestbook()) {
            var shown = sandbox.fairlead().done("render", "-e", "staging").out();

            assertThat(shown)
                    .contains("kind: StatefulSet", "kind: Deployment", "kind: Ingress")
                    .contains("app.kubernetes.io/part-of: guestbook") // from a partial
                    .contains("host: guestbook.staging.example.com")
                    .containsPattern(
                            "registry\\.example\\.com/guestbook/api:in-[0-9a-f]{16}") // of its
                    // inputs
                    .contains("${secret:adminToken}");
            var json = sandbox.fairlead().done("render", "-e", "staging", "-o", "json").json();
            assertThat(Status.objects(json.get("objects"))).hasSizeGreaterThanOrEqualTo(4);
        }
    }
}
