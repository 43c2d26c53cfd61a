package dev.fairlead.tests.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.tests.system.world.Await;
import dev.fairlead.tests.system.world.Sandbox;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SecretsIT {
    private static final String GIVEN = "s3cret/val+ue-of-the-outside";

    @Test
    void aProcessThatPrintsItsSecretPrintsItNowhereElse() {
        try (var sandbox =
                Sandbox.of(
                        """
                        secrets: { token: { env: TRIAL_TOKEN } }
                        services:
                          - name: babbler
                            deployGroup: internal
                            run:
                              command: [ sh, -c, 'echo "my token is $TOKEN"; printf %s "$TOKEN" | base64; exec sleep 1000' ]
                              env: { TOKEN: "{{ .Secrets.token }}" }
                        """)) {
            var fairlead = sandbox.fairlead().with("TRIAL_TOKEN", GIVEN);
            fairlead.done("up", "--detach");

            Await.until(
                    "the line in the log",
                    Duration.ofSeconds(20),
                    () -> fairlead.done("logs", "babbler").out().contains("my token is"));
            assertThat(fairlead.done("logs", "babbler").all())
                    .contains("${secret:token}")
                    .doesNotContain(GIVEN);
            assertThat(sandbox.files().keySet())
                    .noneSatisfy(file -> assertThat(sandbox.read(file.toString())).contains(GIVEN));

            // A changed value is seen, and shown as nothing but changed.
            var changed = sandbox.fairlead().with("TRIAL_TOKEN", GIVEN + "-changed");
            var plan = changed.run("plan", "--exit-code").expect(2);
            assertThat(plan.all()).contains("${secret:token}").doesNotContain(GIVEN);
        }
    }

    @Test
    void whatOnlyLooksNeedsNoValue() {
        try (var sandbox =
                Sandbox.of(
                        """
                        secrets: { token: { env: TRIAL_TOKEN } }
                        services:
                          - name: quiet
                            deployGroup: internal
                            run: { command: [ sleep, "1000" ], env: { TOKEN: "{{ .Secrets.token }}" } }
                        """)) {
            var fairlead = sandbox.fairlead();
            fairlead.done("validate");
            fairlead.done("status");
            assertThat(fairlead.run("up", "--detach").expect(1).err()).contains("TRIAL_TOKEN");
        }
    }
}
