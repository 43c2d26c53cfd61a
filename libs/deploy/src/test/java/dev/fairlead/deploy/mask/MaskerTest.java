package dev.fairlead.deploy.mask;

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

    private static final String KEY =
            """
            -----BEGIN PRIVATE KEY-----
            MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj
            MzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvu
            abc
              "indented & quoted"
            -----END PRIVATE KEY-----\
            """;

    private static String passed(String text, int... cuts) {
        var masks = new Masks();
        masks.add("db", SECRET);
        masks.add("key", KEY);
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
    void aSecretOfManyLinesIsMaskedLineByLineInEveryForm() {
        assertThat(passed(KEY)).isEqualTo("${secret:key}");
        for (var line : KEY.lines().map(String::strip).toList()) {
            if (line.length() < 4) {
                assertThat(passed(line)).isEqualTo(line);
                continue;
            }
            var bytes = line.getBytes(UTF_8);
            assertThat(passed("log: >" + line + "<\n")).isEqualTo("log: >${secret:key}<\n");
            assertThat(passed(URLEncoder.encode(line, UTF_8))).isEqualTo("${secret:key}");
            assertThat(passed(line.replace("\"", "\\\""))).isEqualTo("${secret:key}");
            assertThat(passed(Base64.getEncoder().encodeToString(bytes)))
                    .isEqualTo("${secret:key}");
            assertThat(passed(Base64.getUrlEncoder().encodeToString(bytes)))
                    .isEqualTo("${secret:key}");
        }
    }

    @Test
    void aSecretWhoseLineBreaksAreEscapedIsMaskedLineByLine() {
        var masks = new Masks();
        masks.add("pem", "-----BEGIN KEY-----\\nc2VjcmV0bGluZTE\\r\\nsecretline2\\n");
        var masker = new Masker(masks);
        var shown = new ByteArrayOutputStream();
        shown.writeBytes(masker.feed("a c2VjcmV0bGluZTE\nb secretline2\n".getBytes(UTF_8)));
        shown.writeBytes(masker.flush());
        assertThat(shown.toString(UTF_8)).isEqualTo("a ${secret:pem}\nb ${secret:pem}\n");
    }

    @Test
    void base64InLinesIsMasked() {
        for (var width : new int[] {64, 76}) {
            var encoder = Base64.getMimeEncoder(width, new byte[] {'\n'});
            for (var ending : new String[] {"", "\n"}) {
                var encoded = encoder.encodeToString((KEY + ending).getBytes(UTF_8));
                assertThat(passed(encoded).lines())
                        .allSatisfy(line -> assertThat(line).matches("\\$\\{secret:key}.{0,3}"));
            }
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
