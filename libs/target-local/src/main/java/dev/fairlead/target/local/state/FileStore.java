package dev.fairlead.target.local.state;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.journal.Store;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.target.local.system.ProcessId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// An environment's record, events and revisions as files.
public final class FileStore implements Store {
    // A file lock holds between processes only; within this one a lock per record does.
    private static final Map<Path, ReentrantLock> LOCKS = new ConcurrentHashMap<>();

    private final EnvironmentFolder folder;
    private final EnvironmentRef ref;
    private final String holder;
    private final EventFile events;

    /// @param holder this process for people: `fairlead up (pid 4711) of ada on laptop`
    public FileStore(Home home, EnvironmentRef ref, String holder) {
        this.folder = home.environment(ref);
        this.ref = ref;
        this.holder = holder;
        this.events = new EventFile(folder);
    }

    @Override
    public Optional<Versioned> read() {
        return Durable.read(recordFile()).map(this::parsed);
    }

    private Versioned parsed(String text) {
        try {
            var tree = Json.readObject(text);
            return new Versioned(Members.number(tree, "version"), Members.object(tree, "record"));
        } catch (RuntimeException e) {
            throw Problem.error(
                            LocalCode.STATE_DAMAGED,
                            recordFile() + " does not hold the record of an environment")
                    .withHint("delete it: the environment's history of executions is lost then")
                    .thrown();
        }
    }

    @Override
    public boolean compareAndSet(long expected, Map<String, Object> record) {
        folder.home().make();
        folder.keep(ref);
        var lockFile = folder.path().resolve("record.lock");
        var lock = LOCKS.computeIfAbsent(lockFile, _ -> new ReentrantLock());
        lock.lock();
        try (var channel = Durable.open(lockFile);
                var held = channel.lock()) {
            if (read().map(Versioned::version).orElse(0L) != expected) {
                return false;
            }
            Durable.write(
                    recordFile(), Json.compact(Map.of("version", expected + 1, "record", record)));
            return held.isValid();
        } catch (IOException e) {
            throw Durable.notWritable(lockFile, e);
        } finally {
            lock.unlock();
        }
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

    private Path recordFile() {
        return folder.path().resolve("record.json");
    }

    private Path revisionFile(long number) {
        return folder.path().resolve("revisions").resolve(number + ".json");
    }
}
