package dev.fairlead.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrappedTest {
    private static final Wrapped NARROW = new Wrapped(20, "    ");

    @Test
    void breaksBetweenWords() {
        assertThat(NARROW.of("one two three four five six seven", 0))
                .isEqualTo("one two three four\n    five six seven");
    }

    @Test
    void knowsWhatStandsBefore() {
        assertThat(NARROW.of("two three four", 10)).isEqualTo("two three\n    four");
    }

    @Test
    void leavesALongWordWhole() {
        assertThat(NARROW.of("see http://127.0.0.1:20000/readyz now", 0))
                .isEqualTo("see\n    http://127.0.0.1:20000/readyz\n    now");
    }

    @Test
    void keepsLinesThatAreThere() {
        assertThat(NARROW.of("one\ntwo three", 0)).isEqualTo("one\ntwo three");
    }

    @Test
    void changesNothingWhereThereIsNoTerminal() {
        var text = "one two  three ".repeat(100);
        assertThat(Wrapped.NEVER.of(text, 7)).isEqualTo(text);
    }
}
