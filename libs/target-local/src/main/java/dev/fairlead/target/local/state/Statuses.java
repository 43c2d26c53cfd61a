package dev.fairlead.target.local.state;

import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.CauseTree;
import dev.fairlead.deploy.target.UnitState;
import dev.fairlead.deploy.target.UnitStatus;
import dev.fairlead.document.Json;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.target.local.system.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A unit's status as JSON, on the disk and on the wire, and what it means when nobody keeps it up any more.
public final class Statuses {
    private Statuses() {}

    /// What the supervisor last wrote.
    ///
    /// @param process the unit's main process
    /// @param watcher the supervisor that keeps the status up; when it is gone, the status may be old
    /// @param command a digest of the process's command line when it became ready: programs replace themselves before
    public record Written(
            UnitStatus status,
            Optional<ProcessId> process,
            Optional<ProcessId> watcher,
            Optional<String> command) {
        /// Of a unit without a process of its own, or one that is not ready yet.
        public Written(
                UnitStatus status, Optional<ProcessId> process, Optional<ProcessId> watcher) {
            this(status, process, watcher, Optional.empty());
        }
    }

    public static Map<String, @Nullable Object> tree(Written written) {
        var status = written.status();
        var tree = new LinkedHashMap<String, @Nullable Object>();
        tree.put("state", status.state().toString());
        tree.put("since", status.since().toString());
        status.cause().ifPresent(cause -> tree.put("cause", tree(cause)));
        tree.put("ports", status.ports());
        status.url().ifPresent(url -> tree.put("url", url));
        status.pid().ifPresent(pid -> tree.put("pid", pid));
        status.appliedHash().ifPresent(hash -> tree.put("hash", hash));
        tree.put("restarts", status.restarts());
        status.reload().ifPresent(reload -> tree.put("reload", tree(reload)));
        written.process().ifPresent(process -> tree.put("process", process.toString()));
        written.watcher().ifPresent(watcher -> tree.put("watcher", watcher.toString()));
        written.command().ifPresent(command -> tree.put("command", command));
        return tree;
    }

    public static Written written(UnitName unit, Map<String, Object> tree) {
        var ports = new TreeMap<String, Integer>();
        if (tree.get("ports") instanceof Map<?, ?> map) {
            map.forEach((name, port) -> ports.put((String) name, ((Number) port).intValue()));
        }
        var status =
                new UnitStatus(
                        unit,
                        UnitState.valueOf(Members.text(tree, "state").toUpperCase(Locale.ROOT)),
                        Instant.parse(Members.text(tree, "since")),
                        Optional.ofNullable(tree.get("cause")).map(Statuses::cause),
                        ports,
                        Optional.ofNullable((String) tree.get("url")),
                        Optional.ofNullable((Number) tree.get("pid")).map(Number::longValue),
                        Optional.ofNullable((String) tree.get("hash")),
                        ((Number) tree.getOrDefault("restarts", 0)).intValue(),
                        Optional.ofNullable(tree.get("reload")).map(Statuses::reload));
        return new Written(
                status,
                process(tree.get("process")),
                process(tree.get("watcher")),
                Optional.ofNullable((String) tree.get("command")));
    }

    private static Optional<ProcessId> process(@Nullable Object text) {
        return Optional.ofNullable((String) text).flatMap(ProcessId::parse);
    }

    public static Map<String, Object> tree(Cause cause) {
        return Map.of(
                "code",
                cause.code().name(),
                "what",
                cause.what(),
                "advice",
                cause.advice(),
                "evidence",
                cause.evidence());
    }

    /// The cause of a tree; a code that the target does not know keeps its name.
    public static Cause cause(Object tree) {
        return CauseTree.read((Map<?, ?>) tree);
    }

    private static Map<String, Object> tree(UnitStatus.Reload reload) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("current", reload.current());
        reload.editToServed().ifPresent(took -> tree.put("editToServedMs", took.toMillis()));
        reload.failedBuild().ifPresent(lines -> tree.put("failedBuild", lines));
        return tree;
    }

    private static UnitStatus.Reload reload(Object tree) {
        var map = (Map<?, ?>) tree;
        return new UnitStatus.Reload(
                Boolean.TRUE.equals(map.get("current")),
                Optional.ofNullable((Number) map.get("editToServedMs"))
                        .map(ms -> Duration.ofMillis(ms.longValue())),
                Optional.ofNullable((String) map.get("failedBuild")));
    }

    /// The status of a unit from its files alone. What the supervisor wrote counts while that supervisor lives. When it
    /// is gone, a unit whose process is gone too has failed; one whose process goes on is `DEGRADED` until the next
    /// command puts it under watch again.
    public static UnitStatus read(UnitFolder folder) {
        var text = Durable.read(folder.statusFile());
        if (text.isEmpty()) {
            return never(folder.name());
        }
        return parsed(folder, text.get()).map(Statuses::actual).orElseGet(() -> damaged(folder));
    }

    /// What was last written, as it is; nothing when that cannot be read.
    public static Optional<Written> written(UnitFolder folder) {
        return Durable.read(folder.statusFile()).flatMap(text -> parsed(folder, text));
    }

    private static Optional<Written> parsed(UnitFolder folder, String text) {
        try {
            return Optional.of(written(folder.name(), Json.readObject(text)));
        } catch (RuntimeException e) {
            return Optional.empty(); // cut off or written by somebody else
        }
    }

    /// The process that was last recorded for a unit, whether it lives or not.
    public static Optional<ProcessId> process(UnitFolder folder) {
        return written(folder).flatMap(Written::process);
    }

    /// Whether the unit's process goes on although the supervisor that watched it is gone.
    public static boolean unwatched(UnitFolder folder) {
        return written(folder)
                .filter(written -> written.watcher().filter(ProcessId::alive).isEmpty())
                .flatMap(Written::process)
                .filter(ProcessId::alive)
                .isPresent();
    }

    private static UnitStatus damaged(UnitFolder folder) {
        var cause =
                new Cause(
                        LocalCode.STATE_DAMAGED,
                        folder.statusFile() + " does not hold how the unit stands",
                        List.of(
                                "run `fairlead up`: it looks what runs of the unit, and writes it anew"),
                        List.of());
        return unwatched(never(folder.name()), UnitState.FAILED, Optional.of(cause));
    }

    private static UnitStatus actual(Written written) {
        var status = written.status();
        boolean watched = written.watcher().filter(ProcessId::alive).isPresent();
        boolean done = status.state() == UnitState.READY && written.process().isEmpty();
        boolean atWork =
                status.state() == UnitState.STARTING
                        || status.state() == UnitState.READY
                        || status.state() == UnitState.DEGRADED;
        if (watched) {
            return status;
        }
        if (!atWork || (done && status.ports().isEmpty())) {
            // A task that is done stays so, whoever lives.
            return unwatched(status, status.state(), status.cause());
        }
        if (done) {
            return unwatched(status, UnitState.FAILED, gone(ended(written) + ", and served it"));
        }
        return written.process().filter(ProcessId::alive).isPresent()
                ? unwatched(
                        status,
                        UnitState.DEGRADED,
                        gone(ended(written) + "; the process goes on, but nobody watches it"))
                : unwatched(
                        status,
                        UnitState.FAILED,
                        gone(ended(written) + ", and the process is gone"));
    }

    /// What became of who watched it.
    private static String ended(Written written) {
        return written.watcher()
                .map(watcher ->
                        watcher.ofEarlierBoot()
                                ? "the machine was started anew"
                                : "its supervisor (pid %d) was killed".formatted(watcher.pid()))
                .orElse("its supervisor was killed");
    }

    private static Optional<Cause> gone(String what) {
        return Optional.of(
                new Cause(CauseCode.GONE, what, List.of("run `fairlead up`"), List.of()));
    }

    /// Without its supervisor nothing is known of the files that it watched.
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static UnitStatus unwatched(UnitStatus status, UnitState state, Optional<Cause> cause) {
        return new UnitStatus(
                status.unit(),
                state,
                status.since(),
                cause,
                status.ports(),
                status.url(),
                state == UnitState.FAILED ? Optional.empty() : status.pid(),
                status.appliedHash(),
                status.restarts(),
                Optional.empty());
    }

    private static UnitStatus never(UnitName unit) {
        SortedMap<String, Integer> none = new TreeMap<>();
        return new UnitStatus(
                unit,
                UnitState.STOPPED,
                Instant.EPOCH,
                Optional.empty(),
                none,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty());
    }
}
