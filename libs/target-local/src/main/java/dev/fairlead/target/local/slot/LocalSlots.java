package dev.fairlead.target.local.slot;

import dev.fairlead.deploy.journal.Store.Versioned;
import dev.fairlead.deploy.slot.SlotPort;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.target.local.state.Home;
import dev.fairlead.target.local.state.SlotFiles;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/// The slots of a `.fairlead` folder.
public final class LocalSlots implements SlotPort {
    private final SlotFiles files;
    private final Worktrees worktrees;

    /// @param variables the environment of this process, for git
    public LocalSlots(Home home, Map<String, String> variables) {
        this.files = new SlotFiles(home);
        this.worktrees = new Worktrees(home, new Git(variables));
    }

    @Override
    public Optional<Versioned> ledger(String environment) {
        return files.ledger(environment);
    }

    @Override
    public boolean compareAndSet(String environment, long expected, Map<String, Object> ledger) {
        return files.compareAndSet(environment, expected, ledger);
    }

    @Override
    public SortedSet<Integer> instances(String environment) {
        return files.instances(environment);
    }

    @Override
    public Optional<Activity> activity(EnvironmentRef ref) {
        return files.activity(ref);
    }

    @Override
    public void touch(EnvironmentRef ref, Activity activity) {
        files.touch(ref.key(), activity);
    }

    @Override
    public boolean dissolve(EnvironmentRef ref) {
        return files.dissolve(ref);
    }

    @Override
    public Path checkout(EnvironmentRef ref, String branch, boolean anew) {
        return worktrees.checkout(ref.key(), branch, anew);
    }

    @Override
    public Optional<Path> folder(EnvironmentRef ref) {
        return worktrees.find(ref.key());
    }

    @Override
    public boolean hasFolders() {
        return worktrees.any();
    }

    @Override
    public Optional<Numbered> slotOf(Path path) {
        return worktrees.keyOf(path).flatMap(LocalSlots::numbered);
    }

    private static Optional<Numbered> numbered(String key) {
        int dash = key.lastIndexOf('-');
        return dash > 0 && key.substring(dash + 1).matches("[1-9]\\d{0,8}")
                ? Optional.of(
                        new Numbered(
                                key.substring(0, dash), Integer.parseInt(key.substring(dash + 1))))
                : Optional.empty();
    }

    @Override
    public Optional<String> unsaved(EnvironmentRef ref) {
        return worktrees.find(ref.key()).flatMap(worktrees::unsaved);
    }

    @Override
    public void dropCheckout(EnvironmentRef ref) {
        worktrees.drop(ref.key());
    }
}
