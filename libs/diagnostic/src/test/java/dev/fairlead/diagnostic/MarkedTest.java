package dev.fairlead.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkedTest {
    @Test
    void showsSecretPartsByNameAndRevealsThemOnlyWhenAsked() {
        var url =
                new Marked.Builder()
                        .append("postgresql://guestbook:")
                        .append(Marked.secret("db-password", "s3cr3t"))
                        .append("@127.0.0.1/guestbook")
                        .build();
        assertThat(url)
                .hasToString("postgresql://guestbook:${secret:db-password}@127.0.0.1/guestbook");
        assertThat(url.reveal()).isEqualTo("postgresql://guestbook:s3cr3t@127.0.0.1/guestbook");
    }

    @Test
    void aSliceKeepsTheMarksOfWhatItCuts() {
        var text =
                new Marked.Builder()
                        .append("ab")
                        .append(Marked.secret("x", "1234"))
                        .append("cd")
                        .build();
        assertThat(text.slice(1, 4)).hasToString("b${secret:x}");
        assertThat(text.slice(1, 4).reveal()).isEqualTo("b12");
        assertThat(text.slice(6, 8).hasSecret()).isFalse();
    }

    @Test
    void overlappingPartsBecomeOneThatNamesBoth() {
        var both =
                Marked.of(
                        "abcdef", List.of(new Marked.Span(0, 4, "x"), new Marked.Span(2, 6, "y")));
        assertThat(both).hasToString("${secret:x+y}");
        var touching =
                Marked.of(
                        "abcdef", List.of(new Marked.Span(0, 3, "x"), new Marked.Span(3, 6, "x")));
        assertThat(touching).hasToString("${secret:x}");
    }
}
