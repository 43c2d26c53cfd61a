package dev.fairlead.migrate.registry;

import static dev.fairlead.migrate.registry.Migrations.spec;
import static dev.fairlead.migrate.registry.Migrations.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.testkit.Covers;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Migrations by key and version.
class RegistryTest {
    private static final MigrationKey A = new MigrationKey("a.b");

    @Test
    @Covers("SPEC-05")
    void findsByKeyTheHighestVersionAndByVersionTheOneNamed() {
        var registry =
                Registry.of(
                        List.of(
                                spec("a.b", "1.9.0"),
                                spec("a.b", "1.10"),
                                spec("a.b", "1.10.0-rc.1")));
        assertThat(registry.find(A)).map(Migration::id).contains("a.b@1.10.0");
        assertThat(registry.find(A, version("1.9"))).map(Migration::id).contains("a.b@1.9.0");
        assertThat(registry.find(A, version("2"))).isEmpty();
        assertThat(registry.find(new MigrationKey("a.c"))).isEmpty();
        assertThat(registry.require(A, version("1.10.0-rc.1")).id()).isEqualTo("a.b@1.10.0-rc.1");
    }

    @Test
    @Covers("SPEC-05")
    void listsByTheBytesOfTheKeyThenByVersion() {
        var registry = new Registry();
        for (var migration :
                List.of(
                        spec("b", "1"),
                        spec("a_b", "1"),
                        spec("a.b", "2.0.0"),
                        spec("a.b", "10.0.0"),
                        spec("a.b", "2.0.0-beta.11"),
                        spec("a.b", "2.0.0-beta.2"),
                        spec("a-b", "1"),
                        spec("Z", "1"))) {
            registry.register(migration);
        }
        assertThat(registry.list())
                .extracting(Migration::id)
                .containsExactly(
                        "Z@1.0.0",
                        "a-b@1.0.0",
                        "a.b@2.0.0-beta.2",
                        "a.b@2.0.0-beta.11",
                        "a.b@2.0.0",
                        "a.b@10.0.0",
                        "a_b@1.0.0",
                        "b@1.0.0");
    }

    @Test
    @Covers("SPEC-05")
    void aKeyAndVersionThatIsThereTwiceNamesBothFiles() {
        assertThatThrownBy(() ->
                        Registry.of(
                                List.of(
                                        spec("a.b", "1"),
                                        spec("a.b", "1.0"),
                                        spec("a.c", "2"),
                                        spec("a.c", "2.0.0"))))
                .hasMessageContaining(
                        "a.b-1.0.migration.yaml:1:15 DUPLICATE_MIGRATION a.b@1.0.0 is there twice: in a.b-1.migration.yaml and in a.b-1.0.migration.yaml")
                .hasMessageContaining("a.c@2.0.0 is there twice");
    }

    @Test
    void aNameThatIsNotThereNamesTheNearest() {
        var registry = Registry.of(List.of(spec("core.db.users", "1"), spec("core.db.users", "2")));
        assertThatThrownBy(() -> registry.require(new MigrationKey("core.db.user")))
                .hasMessageContaining("UNKNOWN_MIGRATION there is no migration core.db.user")
                .hasMessageContaining("did you mean \"core.db.users\"?");
        assertThatThrownBy(() -> registry.require(new MigrationKey("core.db.users"), version("3")))
                .hasMessageContaining("there is no version 3.0.0 of core.db.users")
                .hasMessageContaining("there is 1.0.0, 2.0.0");
    }
}
