package dev.fairlead.target.local.output;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/// Secrets do not pass, in whatever form and pieces they come.
class MaskerTest {
    private static final String SECRET = "p@ss \"word\"/7";

    private static String passed(String text, int... cuts) {
        var masks = new Masks();
        masks.add("db", SECRET);
        masks.add("short", "abc");
        var masker = new Masker(masks);
        var out = new ByteArrayOutputStream();
        var bytes = text.getBytes(UTF_8);
        int start = 0;
        for (var cut : cuts) {
            out.writeBytes(masker.feed(java.util.Arrays.copyOfRange(bytes, start, cut)));
            start = cut;
        }
        out.writeBytes(masker.feed(java.util.Arrays.copyOfRange(bytes, start, bytes.length)));
        out.writeBytes(masker.flush());
        return out.toString(UTF_8);
    }

    @Test
    void everyFormIsMasked() {
        assertThat(passed("a " + SECRET + " b")).isEqualTo("a ${secret:db} b");
        assertThat(passed("p@ss \\\"word\\\"/7")).isEqualTo("${secret:db}");
        assertThat(passed(URLEncoder.encode(SECRET, UTF_8))).isEqualTo("${secret:db}");
        assertThat(passed(Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8))))
                .isEqualTo("${secret:db}");
        for (var before : new String[] {"", "x", "xy"}) {
            var encoded =
                    Base64.getEncoder().encodeToString((before + SECRET + "tail").getBytes(UTF_8));
            assertThat(passed(encoded)).contains("${secret:db}").hasSizeLessThan(encoded.length());
        }
    }

    @Test
    void whatIsTooShortToBeASecretPasses() {
        assertThat(passed("abc abcd")).isEqualTo("abc abcd");
    }

    @Test
    void aSecretInPiecesIsMasked() {
        var random = Seeds.generator("masker");
        for (int i = 0; i < 2_000; i++) {
            var text = new StringBuilder();
            var expected = new StringBuilder();
            for (int part = 0; part < 4; part++) {
                var noise = SECRET.substring(0, random.nextInt(SECRET.length()));
                text.append(noise).append('|').append(SECRET).append('|');
                expected.append(noise).append("|${secret:db}|");
            }
            int first = random.nextInt(text.length());
            int second = first + random.nextInt(text.length() - first);
            assertThat(passed(text.toString(), first, second)).isEqualTo(expected.toString());
        }
    }
}
