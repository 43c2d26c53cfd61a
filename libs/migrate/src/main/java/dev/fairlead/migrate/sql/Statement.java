package dev.fairlead.migrate.sql;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Source;
import java.util.List;

/// One statement of a text.
///
/// @param start the offset of its first token in the source's text
/// @param end the offset after its last token; the semicolon is not part of it, nor are the rows of a COPY
/// @param tokens without comments and white space; the rows of a `COPY … FROM STDIN` come last and lie behind `end`
public record Statement(Source source, int start, int end, List<Token> tokens) {
    public Statement {
        tokens = List.copyOf(tokens);
    }

    /// As written, without the semicolon; this is what is sent to the server.
    public String text() {
        return source.text().substring(start, end);
    }

    public Place place() {
        return source.at(start);
    }
}
