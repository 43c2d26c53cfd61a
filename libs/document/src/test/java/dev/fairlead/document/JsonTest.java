package dev.fairlead.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Seeds;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonTest {
    private static final JsonMapper COMPACT = JsonMapper.builder().build();
    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
    private static final JsonMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// The mapper of the library is the peer: hashes of earlier versions are in people's records.
    @Test
    void everyTreeIsWrittenAsTheMapperWritesIt() {
        var random = Seeds.generator("JsonTest");
        for (int i = 0; i < 500; i++) {
            var tree = tree(random, 4);

            assertThat(Json.compact(tree)).isEqualTo(COMPACT.writeValueAsString(tree));
            assertThat(Json.canonical(tree)).isEqualTo(SORTED.writeValueAsString(tree));
            assertThat(Json.pretty(tree)).isEqualTo(PRETTY.writeValueAsString(tree));
            assertThat(Json.canonical(Json.read(Json.pretty(tree))))
                    .isEqualTo(Json.canonical(tree));
        }
    }

    @Test
    void keysThatAreNoTextAreSortedAsTheTextThatTheyBecome() {
        var ports = new TreeMap<Integer, @Nullable Object>();
        ports.put(9, "nine");
        ports.put(10, Path.of("a/b"));

        assertThat(Json.canonical(ports)).isEqualTo("{\"10\":\"a/b\",\"9\":\"nine\"}");
        assertThat(Json.compact(new HashMap<>(ports))).isEqualTo(Json.canonical(ports));
    }

    private static @Nullable Object tree(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 10)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong();
            case 4 -> random.nextBoolean() ? random.nextGaussian() * 1e12 : Double.NaN;
            case 5 -> new BigInteger(80, new java.util.Random(random.nextLong()));
            case 6 -> text(random);
            case 7 -> {
                List<@Nullable Object> list = new ArrayList<>();
                int many = random.nextInt(4);
                for (int i = 0; i < many; i++) {
                    list.add(tree(random, depth - 1));
                }
                yield list;
            }
            default -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                int many = random.nextInt(5);
                for (int i = 0; i < many; i++) {
                    map.put(text(random), tree(random, depth - 1));
                }
                yield map;
            }
        };
    }

    private static String text(RandomGenerator random) {
        var text = new StringBuilder();
        int many = random.nextInt(6);
        for (int i = 0; i < many; i++) {
            text.append("aZ\"\\/\n\t\u0001é漢~\u2028".charAt(random.nextInt(12)));
        }
        return text.toString();
    }
}
