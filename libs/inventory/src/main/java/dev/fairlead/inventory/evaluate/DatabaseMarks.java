package dev.fairlead.inventory.evaluate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How a database shows in what a unit is given: by one of its URLs, as it is or encoded; or by its parts, its name together
/// with the port or host of its server.
///
/// @param address host, port and name, of which no two databases have the same; empty for a URL of another form
record DatabaseMarks(Optional<Address> address, List<Pattern> urls) {
    private static final Pattern URL =
            Pattern.compile(
                    "(?:jdbc:)?postgres(?:ql)?://(?:[^@/]*@)?([^:/?,]+)(?::(\\d+))?/([^?]+)(?:\\?.*)?");
    private static final String DEFAULT_PORT = "5432";

    /// Where a database is.
    record Address(String host, String port, String name) {
        /// Whether the texts name it piece by piece. The port alone says which server where it is not everybody's.
        boolean isIn(List<String> texts) {
            boolean server =
                    names(texts, port) && (!port.equals(DEFAULT_PORT) || names(texts, host));
            return server && isNamedIn(texts);
        }

        /// Whether one of the texts names it as a database.
        boolean isNamedIn(List<String> texts) {
            return names(texts, name);
        }

        private static boolean names(List<String> texts, String part) {
            var word = word(part);
            return texts.stream().anyMatch(text -> word.matcher(text).find());
        }
    }

    /// @param urls of one database, the first the one that its migrations use
    static DatabaseMarks of(List<String> urls) {
        var patterns = new ArrayList<Pattern>();
        for (var url : urls) {
            var bytes = url.getBytes(StandardCharsets.UTF_8);
            patterns.add(Pattern.compile(Pattern.quote(url) + "(?![A-Za-z0-9_-])"));
            patterns.add(word(Base64.getEncoder().withoutPadding().encodeToString(bytes)));
            patterns.add(word(URLEncoder.encode(url, StandardCharsets.UTF_8)));
        }
        return new DatabaseMarks(
                urls.stream().flatMap(url -> address(url).stream()).findFirst(), patterns);
    }

    static Optional<Address> address(String url) {
        var match = URL.matcher(url);
        return match.matches()
                ? Optional.of(
                        new Address(
                                match.group(1),
                                Optional.ofNullable(match.group(2)).orElse(DEFAULT_PORT),
                                match.group(3)))
                : Optional.empty();
    }

    boolean isUrlIn(String text) {
        return urls.stream().anyMatch(url -> url.matcher(text).find());
    }

    private static Pattern word(String text) {
        return Pattern.compile("(?<![A-Za-z0-9_-])" + Pattern.quote(text) + "(?![A-Za-z0-9_-])");
    }
}
