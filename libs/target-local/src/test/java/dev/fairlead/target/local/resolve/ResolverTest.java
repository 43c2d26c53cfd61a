package dev.fairlead.target.local.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.resolve.Assumed;
import dev.fairlead.deploy.resolve.Nominal;
import dev.fairlead.inventory.Choice;
import dev.fairlead.inventory.Stack;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.target.local.state.Home;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResolverTest {
    private static final int UNITS = 1_000;

    @TempDir private Path folder;

    /// So many that some names lead to one number: the stack is evaluated once where nothing is in the way.
    @Test
    @Covers("DEP-01")
    void whereNothingIsInTheWayEveryPortHasItsNominalNumber() throws IOException {
        var outline = outline();
        var resolution = new Resolver(new Home(folder.resolve("state"))).resolve(outline);

        assertThat(Nominal.of(outline, resolution).addresses()).isEqualTo(resolution.addresses());
        assertThat(Assumed.of(outline).addresses()).isEqualTo(resolution.addresses());
        assertThat(numbers(resolution)).doesNotHaveDuplicates().contains(20_000);
    }

    private Outline outline() throws IOException {
        var text =
                new StringBuilder(
                        """
                        apiVersion: fairlead.dev/v1alpha1
                        kind: ServiceStack
                        metadata: { name: many }
                        spec:
                          services:
                            - { name: fixed, deployGroup: edge, run: { command: [ x ], ports: { a: 20000 } } }
                        """);
        for (int i = 0; i < UNITS; i++) {
            text.append(
                    "    - { name: u%d, deployGroup: edge, run: { command: [ x ], ports: { a: auto, b: auto } } }\n"
                            .formatted(i));
        }
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve("services.yaml"), text);
        return Stack.load(folder, Map.of())
                .outline(new Choice(Optional.empty(), 0, Optional.empty(), new TreeMap<>()));
    }

    private static List<Integer> numbers(Resolution resolution) {
        var numbers =
                resolution.addresses().values().stream()
                        .flatMap(address -> address.ports().values().stream())
                        .toList();
        assertThat(new HashSet<>(numbers)).hasSize(2 * UNITS + 1);
        return numbers;
    }
}
