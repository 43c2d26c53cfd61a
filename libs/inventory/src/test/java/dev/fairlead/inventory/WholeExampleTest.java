package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stack that uses nearly every key.
@Covers("DEP-01")
class WholeExampleTest {
    @TempDir Path folder;
    private Sample sample = Sample.in(Path.of("unset"));

    @BeforeEach
    void write() throws IOException {
        try (var in =
                Objects.requireNonNull(WholeExampleTest.class.getResourceAsStream("whole.yaml"))) {
            sample =
                    Sample.in(folder)
                            .file(
                                    "services.yaml",
                                    new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .file(
                                    "services/internal/api/cmd/cli/migrations/0001_entries.sql",
                                    "-- +goose Up\n")
                            .file("stacks/more.yaml", "spec: { vars: { more: 1 } }")
                            .file(".env", "PUBLIC_HOST=example.com\n")
                            .file("deploy/partials/a.tpl", "{{ define \"a\" }}a{{ end }}")
                            .file("deploy/base/postgres.yaml.tpl", "kind: Service\n")
                            .file("services/internal/api/Dockerfile", "FROM scratch\n");
        }
    }

    @Test
    void itLoadsWithoutAnError() {
        assertThat(sample.problems())
                .containsExactly(
                        "services.yaml:52:29 UNKNOWN_IMAGE there is no image \"toolchain\"");
    }

    @Test
    void onLocalEveryKeyIsDue() {
        assertThat(sample.outlineProblems(Sample.choice("dev"))).isEmpty();
    }

    @Test
    void onKubernetesItHasAnOutlineAndItsManifests() {
        var environment = sample.evaluate(Sample.choice("staging"));
        assertThat(
                        environment.outline().units().values().stream()
                                .map(part -> part.name() + " " + part.waitsFor()))
                .containsExactly(
                        "api [guestbook-db, postgres]",
                        "guestbook-db [postgres]",
                        "namespace []",
                        "postgres [namespace]");
        assertThat(environment.outline().secrets())
                .hasToString("{db-password=Generated[length=24], token=Given[absent]}");
    }

    @Test
    void inProductionTheUnitIsLeftOut() {
        assertThat(sample.outline(Sample.choice("production")).disabled()).hasToString("[api]");
    }
}
