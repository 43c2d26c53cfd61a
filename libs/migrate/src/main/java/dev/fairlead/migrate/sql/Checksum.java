package dev.fairlead.migrate.sql;

import dev.fairlead.document.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/// What a text of SQL says, as 64 hexadecimal digits. Comments, white space, line endings, empty statements and the letter
/// case of plain words do not change it; anything else does.
public final class Checksum {
    private Checksum() {}

    public static String of(SqlText sql) {
        return of(sql.statements());
    }

    public static String of(List<Statement> statements) {
        var digest = Digest.sha256();
        for (var statement : statements) {
            feed(digest, "statement " + statement.tokens().size());
            for (var token : statement.tokens()) {
                feed(digest, token.kind().name());
                feed(digest, meaning(statement.source().text(), token));
            }
        }
        return Digest.hex(digest);
    }

    /// Each part with its length before it, so that no two lists of parts are one sequence of bytes.
    private static void feed(MessageDigest digest, String part) {
        var bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static String meaning(String text, Token token) {
        return switch (token.kind()) {
            case WORD -> token.value();
            case STRING -> lineFeeds(Quotes.joined(text, token));
            case COPY_DATA -> lineFeeds(token.value());
            case QUOTED_IDENTIFIER, NUMBER, PARAMETER, SYMBOL ->
                    lineFeeds(text.substring(token.start(), token.end()));
        };
    }

    private static String lineFeeds(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n");
    }
}
