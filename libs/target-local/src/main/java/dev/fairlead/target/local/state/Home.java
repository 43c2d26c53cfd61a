package dev.fairlead.target.local.state;

import dev.fairlead.document.Digest;
import dev.fairlead.inventory.environment.EnvironmentRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The state folder `.fairlead` of a stack.
public final class Home {
    private final Path folder;

    /// @param beside the folder that `.fairlead` lies in
    public Home(Path beside) {
        this.folder = beside.toAbsolutePath().normalize().resolve(".fairlead");
    }

    public Path folder() {
        return folder;
    }

    public boolean exists() {
        return Files.isDirectory(folder);
    }

    /// Makes the folder where there is none; everything in it is ignored by git.
    public void make() {
        Durable.folder(folder);
        Durable.close(folder);
        Durable.writeOnce(folder.resolve(".gitignore"), "*\n");
    }

    /// Names this folder in the environment of its processes; two folders never have the same.
    public String id() {
        try {
            return Digest.ofText(folder.toRealPath().toString()).substring(0, 16);
        } catch (IOException e) {
            return Digest.ofText(folder.toString()).substring(0, 16);
        }
    }

    public EnvironmentFolder environment(EnvironmentRef ref) {
        return environment(ref.key());
    }

    public EnvironmentFolder environment(String key) {
        return new EnvironmentFolder(this, key, folder.resolve("env").resolve(key));
    }

    /// Every environment that has state, by name.
    public List<EnvironmentFolder> environments() {
        return Durable.list(folder.resolve("env")).stream()
                .map(path -> environment(path.getFileName().toString()))
                .toList();
    }

    /// The lock of something that may be removed while others wait for it.
    Path lock(String of) {
        return folder.resolve("locks").resolve(of + ".lock");
    }

    /// The file that says who has which slot of an environment.
    Path slots(String environment) {
        return folder.resolve("slots").resolve(environment + ".json");
    }

    /// What was last done with an environment.
    Path activity(String key) {
        return folder.resolve("slots").resolve(key + ".activity");
    }

    /// The folder of the worktrees of slots.
    public Path worktrees() {
        return folder.resolve("worktrees");
    }

    public Path postgres() {
        return folder.resolve("postgres");
    }

    public Path supervisorFile() {
        return folder.resolve("supervisor.json");
    }

    public Path supervisorLock() {
        return folder.resolve("supervisor.lock");
    }

    public Path supervisorLog() {
        return folder.resolve("supervisor.log");
    }
}
