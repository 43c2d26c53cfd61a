package dev.fairlead.inventory;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Outline.PortWish;
import dev.fairlead.inventory.environment.Outline.SecretSource;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.Resolution.Address;
import dev.fairlead.inventory.unit.UnitName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A small stack in a folder, and a target that gives ports 20000, 20001, … and secrets `value-of-NAME`.
final class Sample {
    static final String HEAD =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: ServiceStack
            metadata: { name: shop }
            """;

    private final Path folder;
    private final Map<String, String> variables = new HashMap<>();

    private Sample(Path folder) {
        this.folder = folder;
    }

    static Sample in(Path folder) {
        return new Sample(folder);
    }

    /// The main file, whose text is what stands under `spec`.
    Sample spec(String yaml) {
        return file("services.yaml", HEAD + "spec:\n" + yaml.indent(2));
    }

    Sample file(String path, String text) {
        var file = folder.resolve(path);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    Sample variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    Stack load() {
        return Stack.load(folder, variables);
    }

    /// What loading finds, one line each; warnings too.
    List<String> problems() {
        return lines(() -> load().warnings());
    }

    /// What loading, and then outlining the choice, finds.
    List<String> outlineProblems(Choice choice) {
        return lines(() -> {
            load().outline(choice);
            return List.of();
        });
    }

    /// What evaluating the choice finds.
    List<String> evaluateProblems(Choice choice) {
        return lines(() -> {
            evaluate(choice);
            return List.of();
        });
    }

    /// What a check without a target finds.
    List<String> check(Choice choice) {
        return lines(() -> load().check(choice));
    }

    Outline outline(Choice choice) {
        return load().outline(choice);
    }

    Environment evaluate(Choice choice) {
        var stack = load();
        var outline = stack.outline(choice);
        return stack.evaluate(outline, resolution(outline));
    }

    static Choice choice(String environment) {
        return new Choice(Optional.of(environment), 0, Optional.empty(), new TreeMap<>());
    }

    static Choice slot(String environment, int slot) {
        return new Choice(Optional.of(environment), slot, Optional.empty(), new TreeMap<>());
    }

    static Choice byDefault() {
        return new Choice(Optional.empty(), 0, Optional.empty(), new TreeMap<>());
    }

    static Choice set(String key, String value) {
        return new Choice(Optional.empty(), 0, Optional.empty(), new TreeMap<>(Map.of(key, value)));
    }

    static Resolution resolution(Outline outline) {
        var addresses = new TreeMap<UnitName, Address>();
        int next = 20_000;
        for (var part : outline.units().values()) {
            var ports = new TreeMap<String, Integer>();
            for (var wish : part.ports().entrySet()) {
                ports.put(
                        wish.getKey(),
                        wish.getValue() instanceof PortWish.Fixed(int number) ? number : next++);
            }
            var exports = new TreeMap<String, Marked>();
            part.builtin().ifPresent(postgres -> databases(postgres.databases(), exports));
            addresses.put(part.name(), new Address("127.0.0.1", ports, exports));
        }
        var secrets = new TreeMap<String, Marked>();
        outline.secrets()
                .forEach((name, source) -> {
                    switch (source) {
                        case SecretSource.Generated _ ->
                                secrets.put(name, Marked.secret(name, "value-of-" + name));
                        case SecretSource.Given(var value) ->
                                value.ifPresent(
                                        text -> secrets.put(name, Marked.secret(name, text)));
                    }
                });
        return new Resolution(addresses, secrets, Optional.empty());
    }

    private static void databases(List<String> names, Map<String, Marked> exports) {
        for (var name : names) {
            var url = "postgresql://local:6543/" + name;
            exports.put("host", Marked.plain("local"));
            exports.put("port", Marked.plain("6543"));
            exports.put("database_" + name, Marked.plain(name));
            exports.putIfAbsent("url", Marked.plain(url));
            exports.put("url_" + name, Marked.plain(url));
        }
    }

    interface Attempt {
        List<Problem> run();
    }

    static List<String> lines(Attempt attempt) {
        try {
            return attempt.run().stream().map(Problem::toString).toList();
        } catch (ProblemException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
    }
}
