package dev.fairlead.target.local.state;

import dev.fairlead.deploy.journal.EnvironmentRecord;
import dev.fairlead.deploy.journal.Journal;
import dev.fairlead.deploy.journal.Store.Versioned;
import dev.fairlead.deploy.slot.SlotPort.Activity;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.environment.EnvironmentRef;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// What is kept of slots, as files: who has which, what was last done, and what there is of each.
public final class SlotFiles {
    private final Home home;

    public SlotFiles(Home home) {
        this.home = home;
    }

    public Optional<Versioned> ledger(String environment) {
        return file(environment).read();
    }

    public boolean compareAndSet(String environment, long expected, Map<String, Object> ledger) {
        home.make();
        return file(environment).compareAndSet(expected, ledger, () -> {});
    }

    private VersionedFile file(String environment) {
        return new VersionedFile(
                home.slots(environment),
                home.lock("slots-" + environment),
                "who has which slot",
                "the slots go on, and are nobody's until they are taken again by number");
    }

    public Optional<Activity> activity(EnvironmentRef ref) {
        try {
            return Durable.read(home.activity(ref.key()))
                    .map(Json::readObject)
                    .map(tree ->
                            new Activity(
                                    Instant.parse(Members.text(tree, "at")),
                                    Members.text(tree, "why")));
        } catch (RuntimeException e) {
            return Optional
                    .empty(); // half of it after a power cut: the next activity writes it anew
        }
    }

    public void touch(String key, Activity activity) {
        Durable.writeAmong(
                home.activity(key),
                Json.compact(Map.of("at", activity.at().toString(), "why", activity.why())));
    }

    /// Whether the same task, with the same inputs, succeeded in the same folder for another slot of the environment.
    /// Whatever differs between slots is part of the inputs, so it would do the same once more.
    public static boolean doneElsewhere(UnitFolder task, String hash, Path root) {
        var own = task.environment();
        var ref = own.ref();
        return ref.isPresent()
                && ref.get().slot() > 0
                && own.home().environments().stream()
                        .filter(other -> isSibling(ref.get(), other))
                        .map(other -> other.unit(task.name()))
                        .anyMatch(other ->
                                Durable.read(other.taskEnd())
                                                .filter((hash + " 0\n")::equals)
                                                .isPresent()
                                        && Durable.read(other.taskRoot())
                                                .filter(root.toString()::equals)
                                                .isPresent());
    }

    private static boolean isSibling(EnvironmentRef own, EnvironmentFolder other) {
        return other.ref()
                .filter(ref -> ref.name().equals(own.name()))
                .filter(ref -> ref.slot() > 0 && ref.slot() != own.slot())
                .isPresent();
    }

    /// The numbers of which a state or a worktree lies here.
    public SortedSet<Integer> instances(String environment) {
        var numbers = new TreeSet<Integer>();
        var named = Pattern.compile(Pattern.quote(environment) + "-([1-9]\\d{0,8})");
        for (var folder : home.environments()) {
            var ref = folder.ref();
            if (ref.isPresent()) {
                ref.filter(known -> known.name().equals(environment) && known.slot() > 0)
                        .ifPresent(known -> numbers.add(known.slot()));
            } else {
                add(folder.key(), named, numbers);
            }
        }
        Durable.list(home.worktrees()).stream()
                .filter(Files::isDirectory)
                .forEach(folder -> add(folder.getFileName().toString(), named, numbers));
        return numbers;
    }

    private static void add(String key, Pattern named, SortedSet<Integer> numbers) {
        var match = named.matcher(key);
        if (match.matches()) {
            numbers.add(Integer.parseInt(match.group(1)));
        }
    }

    /// See {@link dev.fairlead.deploy.slot.SlotPort#dissolve}.
    public boolean dissolve(EnvironmentRef ref) {
        var folder = home.environment(ref);
        if (!Files.exists(folder.path())) {
            Durable.delete(home.activity(ref.key()));
            return true;
        }
        var store = new FileStore(home, ref, "");
        boolean gone =
                store.dissolve(() ->
                        !atWork(store)
                                && folder.units().stream()
                                        .noneMatch(unit -> Files.exists(unit.appliedFile())));
        if (gone) {
            Durable.delete(home.activity(ref.key()));
        }
        return gone;
    }

    private static boolean atWork(FileStore store) {
        var journal = new Journal(store, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), Ticker.SYSTEM);
        return journal.read().flatMap(EnvironmentRecord::lease).filter(journal::alive).isPresent();
    }
}
