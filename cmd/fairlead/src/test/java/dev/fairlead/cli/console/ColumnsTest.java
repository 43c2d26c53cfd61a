package dev.fairlead.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ColumnsTest {
    @Test
    void measuresWideAndCombiningCharacters() {
        assertThat(Columns.of("abc")).isEqualTo(3);
        assertThat(Columns.of("日本")).isEqualTo(4);
        assertThat(Columns.of("e\u0301")).isEqualTo(1);
        assertThat(Columns.of("🙂")).isEqualTo(2);
    }

    @Test
    void neverCutsACharacterInTwo() {
        assertThat(Columns.shortened("🙂🙂🙂", 4)).isEqualTo("🙂…");
        assertThat(Columns.fitted("🙂🙂🙂", 4)).isEqualTo("🙂… ");
        assertThat(Columns.shortened("日本", 4)).isEqualTo("日本");
        assertThat(Columns.shortened("日本", 0)).isEmpty();
    }

    @Test
    void cleansWhatWouldMoveTheCursor() {
        assertThat(Columns.clean("a\u001b[1;31mb\u001b[0m\tc\u202ed\r\n")).isEqualTo("ab cd  ");
        assertThat(Columns.clean("cut \u001b[")).isEqualTo("cut ");
        assertThat(Columns.clean("cut \u001b")).isEqualTo("cut ");
    }
}
