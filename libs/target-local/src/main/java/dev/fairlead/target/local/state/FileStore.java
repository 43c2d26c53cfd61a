package dev.fairlead.target.local.state;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.journal.Store;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.target.local.system.ProcessId;
import dev.fairlead.target.local.system.ProcessTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/// An environment's record, events and revisions as files.
public final class FileStore implements Store {
    private final EnvironmentFolder folder;
    private final EnvironmentRef ref;
    private final String holder;
    private final EventFile events;
    private final VersionedFile record;

    /// @param holder this process for people: `fairlead up (pid 4711) of ada on laptop`
    public FileStore(Home home, EnvironmentRef ref, String holder) {
        this.folder = home.environment(ref);
        this.ref = ref;
        this.holder = holder;
        this.events = new EventFile(folder);
        // The lock lies beside the environments: a folder that is removed takes no lock with it
        // that others wait for.
        this.record =
                new VersionedFile(
                        folder.path().resolve("record.json"),
                        home.lock(folder.key()),
                        "the record of an environment",
                        "the environment's history of executions is lost then");
    }

    @Override
    public Optional<Versioned> read() {
        return record.read();
    }

    @Override
    public boolean compareAndSet(long expected, Map<String, Object> next) {
        folder.home().make();
        return record.compareAndSet(expected, next, () -> folder.keep(ref));
    }

    /// Removes all that is kept of the environment, under the lock of its record.
    ///
    /// @param idle asked under the lock: whether nobody needs it
    boolean dissolve(BooleanSupplier idle) {
        return record.locked(() -> {
            if (!idle.getAsBoolean()) {
                return false;
            }
            Durable.deleteFolder(folder.path());
            return true;
        });
    }

    @Override
    public Holder self() {
        return new Holder(ProcessId.self().toString(), holder);
    }

    @Override
    public boolean alive(Holder other) {
        return ProcessId.parse(other.identity()).map(ProcessId::alive).orElse(true);
    }

    @Override
    public Optional<String> stalled(Holder other) {
        return ProcessId.parse(other.identity())
                .filter(ProcessId::alive)
                .map(ProcessId::pid)
                .filter(ProcessTable::stopped)
                .map(pid -> "is stopped (SIGSTOP; `kill -CONT %d` lets it go on)".formatted(pid));
    }

    @Override
    public void append(Event event) {
        folder.home().make();
        events.append(event);
    }

    @Override
    public void events(boolean follow, Predicate<Event> consumer) throws InterruptedException {
        events.read(follow, consumer);
    }

    @Override
    public void keepRevision(long number, String json, int keep) {
        Durable.write(revisionFile(number), json);
        var kept = revisions();
        kept.subList(0, Math.max(0, kept.size() - keep))
                .forEach(old -> Durable.delete(revisionFile(old)));
    }

    @Override
    public List<Long> revisions() {
        return Durable.list(folder.path().resolve("revisions")).stream()
                .map(path -> path.getFileName().toString())
                .filter(name -> name.matches("\\d+\\.json"))
                .map(name -> Long.parseLong(name.substring(0, name.length() - 5)))
                .sorted()
                .toList();
    }

    @Override
    public String requireRevision(long number) {
        return Durable.read(revisionFile(number))
                .orElseThrow(() ->
                        Problem.error(
                                        LocalCode.STATE_DAMAGED,
                                        "revision " + number + " is not kept any more")
                                .withHint("kept are: " + revisions())
                                .thrown());
    }

    private Path revisionFile(long number) {
        return folder.path().resolve("revisions").resolve(number + ".json");
    }
}
