package dev.fairlead.target.local.state;

import dev.fairlead.deploy.render.UnitTree;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.unit.Stop;
import dev.fairlead.inventory.unit.UnitName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// The state of one unit.
public record UnitFolder(EnvironmentFolder environment, UnitName name, Path path) {
    /// What was applied: hash and masked content, whether the embedded PostgreSQL does the work, and how the unit is asked
    /// to end when nobody has handed it over since.
    public record Applied(String hash, Map<String, Object> content, boolean postgres, Stop stop) {
        public boolean isAgent() {
            return UnitTree.AGENT.equals(content.get("kind"));
        }
    }

    public Optional<Applied> applied() {
        return Durable.read(appliedFile()).map(text -> parsed(text, appliedFile()));
    }

    public void apply(Applied applied) {
        Durable.write(
                appliedFile(),
                Json.compact(
                        Map.of(
                                "hash",
                                applied.hash(),
                                "content",
                                applied.content(),
                                "postgres",
                                applied.postgres(),
                                "signal",
                                applied.stop().signal(),
                                "grace",
                                applied.stop().grace().toString())));
    }

    private static Applied parsed(String text, Path file) {
        try {
            var tree = Json.readObject(text);
            return new Applied(
                    Members.text(tree, "hash"),
                    Members.object(tree, "content"),
                    Boolean.TRUE.equals(tree.get("postgres")),
                    new Stop(
                            Members.text(tree, "signal"),
                            Duration.parse(Members.text(tree, "grace"))));
        } catch (RuntimeException e) {
            throw Problem.error(
                            LocalCode.STATE_DAMAGED,
                            file + " does not hold what was applied to a unit")
                    .withHint("delete it: the unit counts as new then")
                    .thrown();
        }
    }

    public Path appliedFile() {
        return path.resolve("applied.json");
    }

    public Path statusFile() {
        return path.resolve("status.json");
    }

    /// The FIFO that the unit's process writes to.
    public Path output() {
        return path.resolve("output");
    }

    public Path buildOutput() {
        return path.resolve("build-output");
    }

    public Path probeOutput() {
        return path.resolve("probe-output");
    }

    /// Where the output of the running process begins.
    public Path begin() {
        return path.resolve("begin");
    }

    public Path log() {
        return path.resolve("log");
    }

    /// The folder that the paths of a task are relative to.
    public Path taskRoot() {
        return path.resolve("task-root");
    }

    /// What a task's launcher writes when the task ended: hash and exit code.
    public Path taskEnd() {
        return path.resolve("task");
    }

    /// Which {@link Build} the unit has.
    public Path built() {
        return path.resolve("built");
    }

    /// The digest of the watched files that the running process was started from.
    public Path served() {
        return path.resolve("served");
    }

    /// Forgets that the unit was ever applied. What a task has done and the output stay, unless `everything` goes.
    public void forget(boolean everything) {
        Durable.delete(appliedFile());
        Durable.delete(statusFile());
        Durable.delete(begin());
        Durable.delete(output());
        Durable.delete(buildOutput());
        Durable.delete(probeOutput());
        if (everything) {
            Build.forget(this);
            Durable.deleteFolder(path);
        }
    }
}
