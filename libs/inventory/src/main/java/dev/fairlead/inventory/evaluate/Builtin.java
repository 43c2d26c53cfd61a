package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Source;
import dev.fairlead.inventory.model.UnitModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The partial that Fairlead brings along: what a unit without manifests becomes on Kubernetes.
final class Builtin {
    /// The name that it is included by.
    static final String NAME = "fairlead.workload";

    /// What stands for the file that includes it.
    static final String FILE = "fairlead:workload";

    /// The Job of a migrations unit.
    static final String MIGRATIONS = "fairlead.migrations";

    static final Source MIGRATIONS_TEXT =
            new Source("fairlead:migrations.tpl", text("migrations.tpl"));

    /// The CronJob of an agent.
    static final String AGENTS = "fairlead.agent";

    static final Source AGENTS_TEXT = new Source("fairlead:agent.tpl", text("agent.tpl"));

    static final Source WORKLOAD = new Source("fairlead:workload.tpl", text("workload.tpl"));

    private Builtin() {}

    /// The name of the partial that makes the objects of a unit.
    static String of(UnitModel unit) {
        return switch (unit.listed()) {
            case INFRASTRUCTURE, SERVICES -> NAME;
            case MIGRATIONS -> MIGRATIONS;
            case AGENTS -> AGENTS;
        };
    }

    private static String text(String resource) {
        try (var in = Builtin.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
