package dev.fairlead.target.local.state;

import dev.fairlead.document.Json;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.unit.UnitName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The state of one environment and slot.
///
/// @param key `dev`, `ai-3`
public record EnvironmentFolder(Home home, String key, Path path) {
    public UnitFolder unit(UnitName name) {
        return new UnitFolder(this, name, path.resolve("unit").resolve(name.value()));
    }

    /// Every unit that has state, by name: applied ones, and those that left only their output.
    public List<UnitFolder> units() {
        return Durable.list(path.resolve("unit")).stream()
                .map(folder -> folder.getFileName().toString())
                .filter(UnitName::isValid)
                .map(name -> unit(new UnitName(name)))
                .toList();
    }

    /// Remembers whose state this is: a folder's name alone does not tell name and slot apart.
    public void keep(EnvironmentRef ref) {
        Durable.writeOnce(
                refFile(),
                Json.compact(
                        Map.of("project", ref.project(), "name", ref.name(), "slot", ref.slot())));
    }

    /// Whose state this is; empty when nothing was ever applied.
    public Optional<EnvironmentRef> ref() {
        return Durable.read(refFile())
                .map(Json::readObject)
                .map(tree ->
                        new EnvironmentRef(
                                Members.text(tree, "project"),
                                Members.text(tree, "name"),
                                (int) Members.number(tree, "slot")));
    }

    private Path refFile() {
        return path.resolve("environment.json");
    }

    public Path fence() {
        return path.resolve("fence");
    }

    public Path secrets() {
        return path.resolve("secrets");
    }
}
