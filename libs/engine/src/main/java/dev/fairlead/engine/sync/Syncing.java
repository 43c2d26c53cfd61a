package dev.fairlead.engine.sync;

import dev.fairlead.deploy.reload.Child;
import dev.fairlead.deploy.reload.Reloader;
import dev.fairlead.deploy.reload.Standing;
import dev.fairlead.deploy.reload.WatchedFiles;
import dev.fairlead.deploy.target.Target;
import dev.fairlead.deploy.target.Target.Executed;
import dev.fairlead.deploy.target.Target.Streams;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.engine.EngineCode;
import dev.fairlead.inventory.cluster.PodDev;
import dev.fairlead.inventory.cluster.Workspace;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.unit.Dev;
import dev.fairlead.inventory.unit.UnitName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/// Brings the checkout into the workspace of one environment.
public final class Syncing {
    /// The unit through whose pod it goes.
    public static final UnitName UNIT = new UnitName(Workspace.NAME);

    private static final Duration QUIET = Duration.ofMillis(50);
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Target target;
    private final Outline outline;
    private final Checkout checkout;

    /// @param target of the outline
    public Syncing(Target target, Outline outline) {
        this.target = target;
        this.outline = outline;
        this.checkout = new Checkout(outline.root());
    }

    /// Whether pods of the environment run on a workspace.
    public static boolean isFor(Outline outline) {
        return outline.target() == TargetKind.KUBERNETES && outline.units().containsKey(UNIT);
    }

    /// What a try ended in.
    public sealed interface Tried {
        record Done(Synced synced) implements Tried {}

        /// There is no pod to bring it to.
        record NoPod(String why) implements Tried {}
    }

    /// One round.
    ///
    /// @throws ProblemException when the pod is there and it failed
    public Tried once() throws InterruptedException {
        try (var line = new Line()) {
            return line.round();
        }
    }

    /// A round now, and one after each change, until interrupted. What breaks after the first round (the pod is replaced, the
    /// network is gone) is tried again until it works, and then brings everything that was edited meanwhile.
    ///
    /// @param rounds told of those that changed something, and of the first
    /// @param broken told why a round cannot be made, once until it can
    /// @throws ProblemException when the first round failed
    public void watch(Consumer<Synced> rounds, Consumer<String> broken)
            throws InterruptedException {
        try (var lines = new Lines()) {
            var files =
                    new WatchedFiles(outline.root(), outline.root(), everything(), Checkout.RULES);
            var served = files.digest();
            rounds.accept(lines.round());
            var child =
                    new Child() {
                        @Override
                        public Optional<String> build(String digest) throws InterruptedException {
                            var synced = lines.persistent(broken);
                            if (!synced.isEmpty()) {
                                rounds.accept(synced);
                            }
                            return Optional.empty();
                        }

                        @Override
                        public boolean restart() {
                            return true;
                        }

                        @Override
                        public void stands(Standing standing) {}
                    };
            try (var _ = Reloader.start(files, everything(), child, served)) {
                new CountDownLatch(1).await(); // until interrupted
            }
        }
    }

    private static Dev everything() {
        return new Dev(List.of(), List.of("**"), List.of(), true, QUIET);
    }

    /// @throws ProblemException when there was no pod
    public static Synced done(Tried tried) {
        return switch (tried) {
            case Tried.Done(var synced) -> synced;
            case Tried.NoPod(var why) ->
                    throw Problem.error(EngineCode.NOT_SYNCED, why)
                            .withHint(EngineCode.NOT_SYNCED.remedy())
                            .thrown();
        };
    }

    /// A line that is opened anew when it broke.
    private final class Lines implements AutoCloseable {
        private Optional<Line> line = Optional.empty();

        /// One that was opened before may have broken since, which only the round shows: it is made once more.
        Synced round() throws InterruptedException {
            if (line.isPresent()) {
                try {
                    return done(line.get().round());
                } catch (ProblemException e) {
                    close();
                }
            }
            var fresh = new Line();
            line = Optional.of(fresh);
            try {
                return done(fresh.round());
            } catch (ProblemException e) {
                close();
                throw e;
            }
        }

        Synced persistent(Consumer<String> broken) throws InterruptedException {
            boolean told = false;
            while (true) {
                try {
                    return round();
                } catch (ProblemException e) {
                    if (!told) {
                        broken.accept(e.problems().getFirst().what());
                        told = true;
                    }
                    Ticker.SYSTEM.pause(AGAIN);
                }
            }
        }

        @Override
        public void close() {
            line.ifPresent(Line::close);
            line = Optional.empty();
        }
    }

    /// The way to a receiver in the pod, opened by the first round.
    private final class Line implements AutoCloseable {
        private final Pipe there;
        private final Pipe back;
        private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
        private final Sender sender;
        private final Thread thread;
        private volatile Optional<Executed> ended = Optional.empty();
        private volatile Optional<ProblemException> refused = Optional.empty();

        Line() {
            try {
                there = Pipe.open();
                back = Pipe.open();
            } catch (IOException e) {
                throw failed(String.valueOf(e.getMessage()));
            }
            sender =
                    new Sender(
                            checkout,
                            Channels.newInputStream(back.source()),
                            Channels.newOutputStream(there.sink()));
            thread = Thread.ofVirtual().name("sync").start(this::run);
        }

        private void run() {
            var streams =
                    new Streams(
                            Channels.newInputStream(there.source()),
                            Channels.newOutputStream(back.sink()),
                            errors);
            try {
                var command = PodDev.command("sync", "--receive");
                ended = Optional.of(target.execute(outline.ref(), UNIT, command, streams));
            } catch (ProblemException e) {
                refused = Optional.of(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                closed(there, back); // whoever reads or writes there hears of the end
            }
        }

        Tried round() throws InterruptedException {
            try {
                return new Tried.Done(sender.round());
            } catch (IOException e) {
                thread.interrupt();
                thread.join();
                if (refused.isPresent()) {
                    throw refused.get();
                }
                if (ended.orElse(null) instanceof Executed.Impossible(var why)) {
                    return new Tried.NoPod(why.what());
                }
                var said = errors.toString(StandardCharsets.UTF_8).strip();
                throw failed(said.isEmpty() ? String.valueOf(e.getMessage()) : said);
            }
        }

        private static ProblemException failed(String why) {
            return Problem.error(
                            EngineCode.NOT_SYNCED,
                            "the checkout cannot be brought into the workspace: " + why)
                    .withHint(EngineCode.NOT_SYNCED.remedy())
                    .thrown();
        }

        @Override
        public void close() {
            closed(there, back);
            thread.interrupt();
        }

        private static void closed(Pipe... pipes) {
            for (var pipe : pipes) {
                try {
                    pipe.sink().close();
                    pipe.source().close();
                } catch (IOException e) {
                    // It is closed to what is behind it, whatever it says.
                }
            }
        }
    }
}
