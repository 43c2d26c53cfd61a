package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.Leaves;
import dev.fairlead.deploy.object.Scopes;
import dev.fairlead.deploy.resolve.Assumed;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.inventory.Choice;
import dev.fairlead.inventory.Stack;
import dev.fairlead.inventory.environment.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;

/// A stack in a folder whose only environment `k` is on Kubernetes, and the objects that it becomes.
public final class ClusterStack {
    private static final String HEAD =
            """
            apiVersion: fairlead.dev/v1alpha1
            kind: ServiceStack
            metadata: { name: shop }
            spec:
              environments: { k: { target: kubernetes, mode: prod, registry: registry.test } }
            """;

    private final Path folder;

    public ClusterStack(Path folder) {
        this.folder = folder;
    }

    public ClusterStack spec(String yaml) throws IOException {
        return file("services.yaml", HEAD + yaml.indent(2));
    }

    public ClusterStack file(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    /// One unit `app` with this manifest.
    public ClusterStack manifest(String more, String text) throws IOException {
        return file("app.yaml.tpl", text)
                .spec(
                        """
                        secrets: { token: { generate: 12 } }
                        services: [ { name: app, deployGroup: edge, manifests: [ { path: app.yaml.tpl } ]%s } ]
                        """
                                .formatted(more));
    }

    public Environment environment() {
        return environment(0);
    }

    public Environment environment(int slot) {
        var stack = Stack.load(folder, Map.of());
        var outline =
                stack.outline(
                        new Choice(Optional.of("k"), slot, Optional.empty(), new TreeMap<>()));
        return stack.evaluate(outline, Assumed.of(outline));
    }

    /// Of all units, in the order of their names.
    public List<DesiredObject> objects() {
        return objects(new Problems());
    }

    private List<DesiredObject> objects(Problems problems) {
        return objects(0, problems);
    }

    public List<DesiredObject> objects(int slot, Problems problems) {
        return Objects.of(environment(slot), Scopes.OFFLINE, Optional.empty(), problems)
                .values()
                .stream()
                .flatMap(List::stream)
                .toList();
    }

    public DesiredObject object(String ref) {
        return objects().stream()
                .filter(object -> object.ref().toString().equals(ref))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(ref + " in " + objects()));
    }

    public Map<String, ?> masked(String ref) {
        return Leaves.masked(object(ref).tree());
    }

    /// What is wrong with the objects, one line each.
    public List<String> problems() {
        var problems = new Problems();
        var _ = objects(problems);
        return problems.list().stream().map(Problem::toString).toList();
    }
}
