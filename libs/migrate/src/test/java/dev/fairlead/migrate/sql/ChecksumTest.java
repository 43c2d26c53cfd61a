package dev.fairlead.migrate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Covers("MIG-04")
class ChecksumTest {
    private static final String TEXT =
            "insert into t (a, \"B\") values ('x y', E'\\x41', $$ 1 $$), ('a'\n'b', 1.5, x'1f'); select 1";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO T (A, \"B\") Values ('x y', E'\\x41', $$ 1 $$), ('a'\n'b', 1.5, x'1f'); SELECT 1",
                "insert into t(a,\"B\")values('x y',E'\\x41',$$ 1 $$),('a'\n'b',1.5,x'1f');;select 1;",
                "-- why\ninsert into t (a, \"B\") /* /* c */ */\r\n values ('x y', E'\\x41', $$ 1 $$), ('a'  -- c\r\n\r\n'b', 1.5, x'1f');\r\n select 1 -- end",
            })
    void layoutCommentsAndTheCaseOfWordsDoNotCount(String other) {
        assertThat(Checksum.of(Sql.split(other))).isEqualTo(Checksum.of(Sql.split(TEXT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into t (a, \"b\") values ('x y', E'\\x41', $$ 1 $$), ('a'\n'b', 1.5, x'1f'); select 1",
                "insert into t (a, \"B\") values ('x  y', E'\\x41', $$ 1 $$), ('a'\n'b', 1.5, x'1f'); select 1",
                "insert into t (a, \"B\") values ('x y', E'A', $$ 1 $$), ('a'\n'b', 1.5, x'1f'); select 1",
                "insert into t (a, \"B\") values ('x y', E'\\x41', $$ 1$$), ('a'\n'b', 1.5, x'1f'); select 1",
                "insert into t (a, \"B\") values ('x y', E'\\x41', $$ 1 $$), ('a'\n'b', 1.50, x'1f'); select 1",
                "insert into t (a, \"B\") values ('x y', E'\\x41', $$ 1 $$), ('a'\n'b', 1.5, b'1f'); select 1",
                "insert into t (a, \"B\") values ('x y', E'\\x41', $$ 1 $$), ('a'\n'b', 1.5, x'1f') select 1",
                "select 1; insert into t (a, \"B\") values ('x y', E'\\x41', $$ 1 $$), ('a'\n'b', 1.5, x'1f')",
                "insert into t (a, \"B\") values ('X y', E'\\x41', $$ 1 $$), ('a'\n'b', 1.5, x'1f'); select 1",
                "insert into \"t\" (a, \"B\") values ('x y', E'\\x41', $$ 1 $$), ('a'\n'b', 1.5, x'1f'); select 1",
            })
    void anythingElseCounts(String other) {
        assertThat(Checksum.of(Sql.split(other))).isNotEqualTo(Checksum.of(Sql.split(TEXT)));
    }

    @Test
    void aCheckoutWithOtherLineEndingsIsTheSame() {
        var text =
                "create function f() returns int as $$\n select 1\n$$ language sql;\ncopy t from stdin;\n1\n\\.\n";
        assertThat(Checksum.of(Sql.split(text.replace("\n", "\r\n"))))
                .isEqualTo(Checksum.of(Sql.split(text)))
                .hasSize(64);
        assertThat(Checksum.of(Sql.split(text.replace("1\n\\.", "2\n\\."))))
                .isNotEqualTo(Checksum.of(Sql.split(text)));
    }
}
