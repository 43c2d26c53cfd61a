package dev.fairlead.target.kubernetes.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.target.kubernetes.http.Call.Body;
import dev.fairlead.target.kubernetes.http.Call.Method;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// How many requests a server gets at once follows from what it says.
class GateTest {
    private final AtomicLong now = new AtomicLong();
    private final Ticker ticker =
            new Ticker() {
                @Override
                public long nanos() {
                    return now.get();
                }

                @Override
                public void pause(Duration duration) {
                    now.addAndGet(duration.toNanos());
                }
            };
    private final Gate gate = new Gate(ticker);

    @Test
    void requestsThatAreRefusedTogetherHalveItOnce() throws InterruptedException {
        int before = gate.limit();
        var rounds = new long[before];
        for (int i = 0; i < before; i++) {
            rounds[i] = gate.enter();
        }
        for (long round : rounds) {
            gate.refused(round, Duration.ZERO);
        }
        assertThat(gate.limit()).isEqualTo(before / 2);
        gate.refused(gate.enter(), Duration.ZERO);
        assertThat(gate.limit()).isEqualTo(before / 4);
    }

    @Test
    void aServerThatSharesItselfOutGetsTwiceAsMuchEachRoundUntilItRefuses()
            throws InterruptedException {
        int before = gate.limit();
        answers(before, true);
        assertThat(gate.limit()).isEqualTo(2 * before);
        gate.refused(gate.enter(), Duration.ZERO);
        assertThat(gate.limit()).isEqualTo(before);
        answers(before, true);
        assertThat(gate.limit()).isLessThanOrEqualTo(before + 1);
    }

    @Test
    void oneThatDoesNotSayGetsOneMoreEachRound() throws InterruptedException {
        int before = gate.limit();
        answers(before, false);
        assertThat(gate.limit()).isBetween(before, before + 1);
    }

    private void answers(int count, boolean shares) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            var _ = gate.enter();
            gate.answered(shares);
        }
    }

    @Test
    void whenTheServerWantsToBeLeftAloneNobodyEnters() throws InterruptedException {
        gate.refused(gate.enter(), Duration.ofSeconds(2));
        var inside = new AtomicLong(-1);
        var other =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                inside.set(gate.enter());
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        assertThat(other.join(Duration.ofMillis(60))).as("entered at once").isFalse();
        now.addAndGet(Duration.ofSeconds(2).toNanos());
        other.join();
        assertThat(inside).hasValue(1);
    }

    @Test
    void aLevelThatIsUsedUpHoldsUpNoOther() {
        var gates = new Gates(ticker);
        var list = Call.reading("/api/v1/namespaces/shop/configmaps?limit=500", "list");
        var one = Call.reading("/api/v1/namespaces/shop/configmaps/app", "read");
        var apply =
                Call.sending(
                        Method.PATCH,
                        "/apis/apps/v1/namespaces/shop/deployments/app?fieldManager=fairlead",
                        "apply",
                        new Body("application/json", "{}"));
        assertThat(gates.of(list)).isSameAs(gates.of(apply));
        gates.learn(list, reply("low"));
        gates.learn(apply, reply("high"));
        assertThat(gates.of(one)).isSameAs(gates.of(list)).isNotSameAs(gates.of(apply));
        gates.learn(apply, reply("low"));
        assertThat(gates.of(one)).isSameAs(gates.of(apply));
    }

    private static Reply reply(String level) {
        return new Reply(200, Optional.empty(), Optional.empty(), Optional.of(level), "{}");
    }

    @Test
    void requestsAreClassifiedByMethodAndResource() {
        assertThat(Call.reading("/version", "").kind()).isEqualTo("GET ");
        assertThat(Call.reading("/api/v1/namespaces/shop", "").kind()).isEqualTo("GET namespaces");
        assertThat(Call.reading("/api/v1/namespaces/shop/pods/app/log", "").kind())
                .isEqualTo("GET pods");
        assertThat(Call.reading("/apis/apps/v1/deployments", "").kind())
                .isEqualTo("GET deployments");
    }
}
