package dev.fairlead.testcontract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.deploy.event.Event;
import dev.fairlead.deploy.journal.Store;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What {@link Store} promises.
public abstract class StoreContract {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private EnvironmentRef ref = new EnvironmentRef("shop", "dev", 0);

    /// A store as a further process would open it.
    protected abstract Store open(EnvironmentRef environment) throws Exception;

    /// What a process does with its store before it ends.
    protected void end(Store store) throws Exception {
        if (store instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    @BeforeEach
    void anotherEnvironment() {
        ref = new EnvironmentRef("shop", "dev", NUMBER.incrementAndGet());
    }

    private Store open() throws Exception {
        return open(ref);
    }

    private static Map<String, Object> record(Object content) {
        return new TreeMap<>(Map.of("version", 1, "content", content));
    }

    @Test
    void anEnvironmentInWhichNothingHappenedHasNoRecord() throws Exception {
        assertThat(open().read()).isEmpty();
        assertThat(open().revisions()).isEmpty();
    }

    @Test
    void aRecordIsWrittenWhenItsVersionIsStillTheOneThatWasRead() throws Exception {
        var one = open();
        var two = open();
        assertThat(one.compareAndSet(0, record("first"))).isTrue();
        var read = two.read().orElseThrow();
        assertThat(read.record()).isEqualTo(record("first"));
        assertThat(two.compareAndSet(0, record("late"))).isFalse();
        assertThat(two.compareAndSet(read.version(), record("second"))).isTrue();
        assertThat(one.compareAndSet(read.version(), record("late"))).isFalse();
        var last = one.read().orElseThrow();
        assertThat(last.version()).isGreaterThan(read.version());
        assertThat(last.record()).isEqualTo(record("second"));
    }

    @Test
    void twoEnvironmentsAreTwoRecords() throws Exception {
        assertThat(open().compareAndSet(0, record("this"))).isTrue();
        var other = new EnvironmentRef("shop", "dev", NUMBER.incrementAndGet());
        assertThat(open(other).read()).isEmpty();
    }

    @Test
    void ofManyWritersAtATimeNoneIsLost() throws Exception {
        int writers = 4;
        int each = 6;
        assertThat(open().compareAndSet(0, record(0))).isTrue();
        var failures = java.util.Collections.synchronizedList(new ArrayList<Throwable>());
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < writers; i++) {
            var store = open();
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    for (int n = 0; n < each; n++) {
                                        increment(store);
                                    }
                                } catch (RuntimeException | Error e) {
                                    failures.add(e);
                                }
                            }));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        assertThat(open().read().orElseThrow().record()).containsEntry("content", writers * each);
    }

    private static void increment(Store store) {
        while (true) {
            var now = store.read().orElseThrow();
            int next = (Integer) now.record().getOrDefault("content", 0) + 1;
            if (store.compareAndSet(now.version(), record(next))) {
                return;
            }
        }
    }

    @Test
    void aLargeRecordComesBackAsItWas() throws Exception {
        var units = new TreeMap<String, Object>();
        for (int i = 0; i < 3_000; i++) {
            units.put("unit-" + i, Map.of("result", "done", "at", "2026-01-01T00:00:00Z", "ü", i));
        }
        assertThat(open().compareAndSet(0, record(units))).isTrue();
        assertThat(open().read().orElseThrow().record()).isEqualTo(record(units));
    }

    private static Event event(int number) {
        return new Event(
                Instant.parse("2026-01-01T00:00:00Z").plusMillis(number),
                "up-1",
                Event.Kind.READY,
                Optional.of(new UnitName("api")),
                Optional.of(Stage.INTERNAL),
                "event " + number + " “ok”",
                Optional.of(Duration.ofMillis(number)),
                List.of("line one", "line two"));
    }

    @Test
    void eventsComeInTheirOrderAndToWhoFollows() throws Exception {
        var writer = open();
        assertThat(writer.compareAndSet(0, record("x"))).isTrue();
        for (int i = 0; i < 20; i++) {
            writer.append(event(i));
        }
        end(writer);
        var kept = new ArrayList<Event>();
        open().events(false, kept::add);
        assertThat(kept).containsExactlyElementsOf(events(20));

        var followed = new ArrayList<Event>();
        var second = open();
        open().events(
                        true,
                        event -> {
                            followed.add(event);
                            if (followed.size() == 20) {
                                Thread.ofVirtual().start(() -> second.append(event(20)));
                            }
                            return followed.size() < 21;
                        });
        assertThat(followed).containsExactlyElementsOf(events(21));
        end(second);
    }

    private static List<Event> events(int count) {
        var events = new ArrayList<Event>();
        for (int i = 0; i < count; i++) {
            events.add(event(i));
        }
        return events;
    }

    @Test
    void eventsOfManyProcessesAreAllKept() throws Exception {
        var first = open();
        assertThat(first.compareAndSet(0, record("x"))).isTrue();
        var second = open();
        for (int i = 0; i < 10; i++) {
            (i % 2 == 0 ? first : second).append(event(i));
        }
        end(first);
        end(second);
        var kept = new ArrayList<Event>();
        open().events(false, kept::add);
        assertThat(kept).containsExactlyInAnyOrderElementsOf(events(10));
        assertThat(open().read().orElseThrow().record()).isEqualTo(record("x"));
    }

    @Test
    void theNewestRevisionsAreKeptAsTheyWere() throws Exception {
        var writer = open();
        assertThat(writer.compareAndSet(0, record("x"))).isTrue();
        for (int number = 1; number <= 5; number++) {
            writer.keepRevision(number, revision(number), 3);
        }
        assertThat(writer.revisions()).containsExactly(3L, 4L, 5L);
        end(writer);
        var reader = open();
        assertThat(reader.revisions()).containsExactly(3L, 4L, 5L);
        for (int number = 3; number <= 5; number++) {
            assertThat(reader.requireRevision(number)).isEqualTo(revision(number));
        }
        assertThatThrownBy(() -> reader.requireRevision(2))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("[3, 4, 5]");
    }

    // The fourth is larger than what a request to a cluster may be, and cannot be packed much.
    private static String revision(int number) {
        if (number != 4) {
            return "{\"number\": " + number + "}";
        }
        var random = new java.util.Random(4);
        var text = new StringBuilder();
        while (text.length() < 2 << 20) {
            text.append(Long.toString(random.nextLong(), 36));
        }
        return text.toString();
    }

    @Test
    void aProcessIsAliveToOthersAndNotTakenForAnother() throws Exception {
        var one = open();
        assertThat(open().alive(one.self())).isTrue();
        assertThat(one.self().description()).isNotEmpty();
    }
}
