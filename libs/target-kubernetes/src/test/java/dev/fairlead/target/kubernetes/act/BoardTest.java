package dev.fairlead.target.kubernetes.act;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.document.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The answer to a write and the watch race: whichever comes last, the newer state stays.
class BoardTest {
    private final Board board = new Board(null);

    @Test
    void aLateAnswerDoesNotHideWhatTheControllerSaidAlready() {
        board.put(deployment("a", 1, "observedGeneration: 1"));
        board.wrote(deployment("a", 1, ""));
        assertThat(status()).hasToString("{observedGeneration=1}");
    }

    @Test
    void theAnswerCountsUntilTheWatchShowsItsGeneration() {
        board.put(deployment("a", 1, "observedGeneration: 1"));
        board.wrote(deployment("a", 2, ""));
        assertThat(status()).isEqualTo(Map.of());
        board.put(deployment("a", 1, "observedGeneration: 1, replicas: 1"));
        assertThat(status()).isEqualTo(Map.of());
        board.put(deployment("a", 2, "observedGeneration: 2"));
        assertThat(status()).hasToString("{observedGeneration=2}");
    }

    @Test
    void anObjectThatWasMadeAnewBeginsAnew() {
        board.put(deployment("a", 7, "observedGeneration: 7"));
        board.wrote(deployment("b", 1, ""));
        assertThat(status()).isEqualTo(Map.of());
    }

    private Object status() {
        return board.find(ObjectRef.of(deployment("a", 1, ""))).orElseThrow().get("status");
    }

    private static Map<String, Object> deployment(String uid, int generation, String status) {
        var text =
                """
                { "apiVersion": "apps/v1", "kind": "Deployment",
                  "metadata": { "name": "app", "namespace": "n", "uid": "%s", "generation": %d },
                  "status": { %s } }
                """
                        .formatted(uid, generation, status.replaceAll("([a-zA-Z]+):", "\"$1\":"));
        return Json.readObject(text);
    }
}
