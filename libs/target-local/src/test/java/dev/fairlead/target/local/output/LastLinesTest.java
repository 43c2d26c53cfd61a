package dev.fairlead.target.local.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What a failure shows of the output.
class LastLinesTest {
    private final LastLines last = new LastLines();

    @Test
    void theOldestGoFirst() {
        for (int i = 1; i <= 30; i++) {
            last.add("line " + i);
        }
        assertThat(last.list()).hasSize(20).startsWith("line 11").endsWith("line 30");
    }

    @Test
    void aDeepStackDoesNotPushOutWhatHappened() {
        last.add("Exception in thread \"main\" java.lang.IllegalStateException: no licence");
        for (int i = 0; i < 60; i++) {
            last.add("\tat com.example.Deep.call" + i + "(Deep.java:1)");
        }
        last.add("Caused by: java.net.ConnectException: Connection refused");
        for (int i = 0; i < 40; i++) {
            last.add("\tat com.example.Net.call" + i + "(Net.java:1)");
        }
        assertThat(last.list())
                .hasSize(14)
                .startsWith(
                        "Exception in thread \"main\" java.lang.IllegalStateException: no licence")
                .contains(
                        "\t... 55 more", "Caused by: java.net.ConnectException: Connection refused")
                .endsWith("\t... 35 more");
    }

    @Test
    void aPanicOfGoStaysInSight() {
        last.add("panic: the queue is not there");
        last.add("");
        last.add("goroutine 1 [running]:");
        for (int i = 0; i < 30; i++) {
            last.add("example.com/app/queue.(*Queue).Open" + i + "(0xc000012345, {0x1, 0x2})");
            last.add("\t/src/queue/queue.go:41 +0x1d");
        }
        last.add("exit status 2");
        assertThat(last.list())
                .startsWith("panic: the queue is not there")
                .endsWith("exit status 2");
    }

    @Test
    void whatComesNextBelongsToAnotherProcess() {
        last.add("old");
        last.clear();
        last.add("new");
        assertThat(last.list()).containsExactly("new");
    }
}
