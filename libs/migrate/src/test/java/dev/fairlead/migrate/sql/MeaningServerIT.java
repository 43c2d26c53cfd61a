package dev.fairlead.migrate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import java.nio.file.Path;
import java.sql.ResultSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a string and an identifier mean here is what a real server makes of them.
@Covers("SPEC-02")
class MeaningServerIT {
    /// Without `E'a'` that goes on with a backslash before a quote: the driver reads SQL itself, and takes that for unfinished.
    private static final String[] STRINGS = {
        "''",
        "'it''s'",
        "'back\\slash'",
        "'a'\n'b'",
        "'a' -- c\n\n -- d\n 'b'",
        "'a'\r'b'",
        "E'a\\'b\\\\'",
        "E'\\b\\f\\n\\r\\t\\q'",
        "E'\\101\\x41\\x4a1\\1012'",
        "E'\\u00e9\\U0001F600'",
        "E'\\xc3\\xa9'",
        "e'it''s'",
        "E'\\\n'",
        "N'n'",
        "U&'d\\0061t\\+000061\\\\'",
        "U&'d!0061t!!\\' UESCAPE '!'",
        "U&'\\d83d\\de00'",
        "u&'it''s'",
        "$$a'b\\n$$",
        "$t$ $$ $T$ $t$",
        "$é$x$é$",
        "'\ud83d\ude00'",
    };

    private static final String[] NAMES = {
        "Plain",
        "\u00c4B",
        "a$1",
        "\"Quo\"\"ted\"",
        "U&\"d\\0061t\"",
        "U&\"d!0061\" UESCAPE '!'",
        "\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9",
        "\"0123456789012345678901234567890123456789012345678901234567890123456789\"",
    };

    @TempDir private static Path folder;
    private static Servers servers;

    @BeforeAll
    static void start() throws Exception {
        servers = new Servers(folder);
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    void strings() throws Exception {
        for (var text : STRINGS) {
            var token = Sql.one("select " + text).tokens().get(1);
            for (var server : servers.all()) {
                assertThat(token.value())
                        .as(text)
                        .isEqualTo(ask(server, text + " AS x").getString(1));
            }
        }
    }

    @Test
    void names() throws Exception {
        for (var text : NAMES) {
            var statement = Sql.one("drop table " + text);
            var effect = (Effect.DropTable) Classifier.classify(statement).effects().getFirst();
            for (var server : servers.all()) {
                assertThat(effect.table().name())
                        .as(text)
                        .isEqualTo(ask(server, "1 AS " + text).getMetaData().getColumnLabel(1));
            }
        }
    }

    private static ResultSet ask(RealServer server, String what) throws Exception {
        try (var connection = server.connect();
                var statement = connection.createStatement()) {
            statement.closeOnCompletion();
            var rows = javax.sql.rowset.RowSetProvider.newFactory().createCachedRowSet();
            rows.populate(statement.executeQuery("SELECT " + what));
            rows.next();
            return rows;
        }
    }
}
