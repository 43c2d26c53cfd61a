package dev.fairlead.deploy.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.execute.Steps.Ended;
import dev.fairlead.deploy.fake.FakeTicker;
import dev.fairlead.deploy.graph.Graph;
import dev.fairlead.deploy.graph.RandomGraphs;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.time.Cancellation;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.testkit.Covers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StepRunnerTest {
    private static final Cause BROKEN = new Cause(CauseCode.EXITED, "broken", List.of(), List.of());

    private final FakeTicker ticker = new FakeTicker();
    private final Cancellation cancellation = new Cancellation();
    private final AtomicBoolean superseded = new AtomicBoolean();
    private final Told told = new Told();

    @Property(tries = 150)
    @Covers("DEP-02")
    void everyEdgeIsRespectedAndNeverMoreStepsRunThanAllowed(
            @ForAll("graphs") Graph graph, @ForAll("parallelisms") int parallelism) {
        var fresh = new StepRunnerTest();
        var work = new Counting(Set.of());
        var result = fresh.run(graph, parallelism, work);

        assertThat(result.done()).isEqualTo(graph.nodes().keySet());
        assertThat(work.most.get()).isLessThanOrEqualTo(parallelism);
        graph.nodes()
                .forEach((unit, node) ->
                        node.waitsFor()
                                .forEach(needed ->
                                        assertThat(fresh.told.lines.indexOf("ended " + needed))
                                                .isLessThan(
                                                        fresh.told.lines.indexOf(
                                                                "begins " + unit))));
    }

    @Property(tries = 100)
    void whatFailsHoldsUpExactlyWhatWaitsForIt(
            @ForAll("graphs") Graph graph, @ForAll("parallelisms") int n) {
        var fresh = new StepRunnerTest();
        var failing = new TreeSet<UnitName>();
        int i = 0;
        for (var unit : graph.nodes().keySet()) {
            if (i++ % 4 == 0) {
                failing.add(unit);
            }
        }
        var result = fresh.run(graph, n, new Counting(failing));

        assertThat(result.stop()).isEmpty();
        for (var unit : graph.nodes().keySet()) {
            var behind = new TreeSet<>(graph.closure(Set.of(unit)));
            behind.remove(unit);
            boolean heldUp = behind.stream().anyMatch(failing::contains);
            assertThat(result.notTried().containsKey(unit)).isEqualTo(heldUp);
            assertThat(result.failed().containsKey(unit))
                    .isEqualTo(!heldUp && failing.contains(unit));
            assertThat(result.done().contains(unit)).isEqualTo(!heldUp && !failing.contains(unit));
        }
    }

    @Example
    void ofTwoThatMayBeginTheEarlierStageGoesFirstThenTheName() {
        var nodes = new TreeMap<UnitName, Graph.Node>();
        add(nodes, Stage.EDGE, "a");
        add(nodes, Stage.INTERNAL, "z");
        add(nodes, Stage.INTERNAL, "y");
        run(new Graph(nodes), 1, new Counting(Set.of()));

        assertThat(told.lines.stream().filter(line -> line.startsWith("begins")))
                .containsExactly("begins y", "begins z", "begins a");
    }

    @Example
    void aTargetThatDoesNotComeBackIsLeftAtItsDeadline() {
        var work =
                new Steps.Work() {
                    @Override
                    public Ended run(UnitName unit, Consumer<String> progress)
                            throws InterruptedException {
                        ticker.pause(Duration.ofMinutes(10));
                        new CountDownLatch(1).await();
                        return new Ended.Done();
                    }

                    @Override
                    public Duration limit(UnitName unit) {
                        return Duration.ofMinutes(1);
                    }
                };
        var result = run(two(), 2, work);

        assertThat(result.failed().get(new UnitName("a")))
                .matches(failed -> failed != null && failed.timedOut());
        assertThat(result.notTried()).containsEntry(new UnitName("b"), "not started: a failed");
    }

    @Example
    void aDefectInAStepIsTheFailureOfItsUnit() {
        var work =
                new Steps.Work() {
                    @Override
                    public Ended run(UnitName unit, Consumer<String> progress) {
                        throw new IllegalStateException("oops");
                    }

                    @Override
                    public Duration limit(UnitName unit) {
                        return Duration.ofMinutes(1);
                    }
                };

        assertThat(run(two(), 2, work).failed().get(new UnitName("a")))
                .matches(failed -> failed != null && failed.cause().what().contains("oops"));
    }

    @Example
    void aWishToEndCutsOffWhatRunsAndBeginsNothingMore() {
        var result = run(two(), 2, new Hanging(cancellation::request));

        assertThat(result.stop()).containsInstanceOf(StepRunner.Stop.Interrupted.class);
        assertThat(result.open()).extracting(UnitName::value).containsExactly("a", "b");
        assertThat(told.lines).containsExactly("begins a");
    }

    @Example
    void anExecutionThatTakesOverCutsOffToo() {
        var result = run(two(), 2, new Hanging(() -> superseded.set(true)));

        assertThat(result.stop()).containsInstanceOf(StepRunner.Stop.Superseded.class);
    }

    @Provide
    Arbitrary<Graph> graphs() {
        return Arbitraries.integers()
                .between(1, 16)
                .flatMap(size ->
                        Arbitraries.integers()
                                .between(0, 99)
                                .list()
                                .ofSize(size * size + size)
                                .map(numbers -> RandomGraphs.of(size, numbers)));
    }

    @Provide
    Arbitrary<Integer> parallelisms() {
        return Arbitraries.integers().between(1, 5);
    }

    private StepRunner.Result run(Graph graph, int parallelism, Steps.Work work) {
        var steps = new Steps(graph, new TreeSet<>(graph.nodes().keySet()), parallelism, "started");
        var stops = new StepRunner.Stops(cancellation, superseded::get);
        return new StepRunner(steps, work, told, stops, ticker).run();
    }

    private static Graph two() {
        var nodes = new TreeMap<UnitName, Graph.Node>();
        add(nodes, Stage.STATEFUL, "a");
        add(nodes, Stage.INTERNAL, "b", "a");
        return new Graph(nodes);
    }

    private static void add(
            Map<UnitName, Graph.Node> nodes, Stage stage, String name, String... waitsFor) {
        var needed = new TreeSet<UnitName>();
        for (var unit : waitsFor) {
            needed.add(new UnitName(unit));
        }
        nodes.put(new UnitName(name), new Graph.Node(stage, needed, Duration.ofMinutes(1)));
    }

    private static final class Told implements StepRunner.Listener {
        final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void begins(UnitName unit) {
            lines.add("begins " + unit);
        }

        @Override
        public void progress(UnitName unit, String what) {
            lines.add("progress " + unit);
        }

        @Override
        public void ended(UnitName unit, Ended ended) {
            lines.add("ended " + unit);
        }

        @Override
        public void notTried(UnitName unit, String why) {
            lines.add("not tried " + unit);
        }
    }

    private static final class Counting implements Steps.Work {
        private final Set<UnitName> failing;
        private final AtomicInteger now = new AtomicInteger();
        final AtomicInteger most = new AtomicInteger();

        Counting(Set<UnitName> failing) {
            this.failing = failing;
        }

        @Override
        public Ended run(UnitName unit, Consumer<String> progress) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            LockSupport.parkNanos(10_000); // others get a chance
            now.decrementAndGet();
            return failing.contains(unit) ? new Ended.Failed(BROKEN, false) : new Ended.Done();
        }

        @Override
        public Duration limit(UnitName unit) {
            return Duration.ofMinutes(1);
        }
    }

    private record Hanging(Runnable once) implements Steps.Work {
        @Override
        public Ended run(UnitName unit, Consumer<String> progress) throws InterruptedException {
            once.run();
            new CountDownLatch(1).await();
            return new Ended.Done();
        }

        @Override
        public Duration limit(UnitName unit) {
            return Duration.ofMinutes(1);
        }
    }
}
