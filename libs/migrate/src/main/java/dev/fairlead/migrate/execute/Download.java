package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.Digest;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.sql.Splitter;
import dev.fairlead.migrate.sql.SqlText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Fetches a script. What is not exactly what the step names is refused before a statement of it runs.
final class Download {
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWERS_WITHIN = Duration.ofMinutes(2);

    private Download() {}

    /// @throws ProblemException `DOWNLOAD_FAILED`, `DIGEST_DIFFERS`, or what is wrong with its SQL
    static SqlText fetch(Script.Url script, Place place, long largest) throws InterruptedException {
        var bytes = bytes(script.url(), place, largest);
        var digest = Digest.ofBytes(bytes);
        if (!digest.equalsIgnoreCase(script.sha256())) {
            throw Problem.error(
                            MigrateCode.DIGEST_DIFFERS,
                            place,
                            "%s has the sha256 %s".formatted(shown(script.url()), digest))
                    .thrown();
        }
        return Splitter.split(
                new Source(shown(script.url()), new String(bytes, StandardCharsets.UTF_8)));
    }

    private static byte[] bytes(String url, Place place, long largest) throws InterruptedException {
        try (var client =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECTS_WITHIN)
                        .followRedirects(HttpClient.Redirect.NORMAL)
                        .build()) {
            var request = HttpRequest.newBuilder(URI.create(url)).timeout(ANSWERS_WITHIN).build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = response.body()) {
                if (response.statusCode() != 200) {
                    throw failed(url, place, "the server answered " + response.statusCode());
                }
                var bytes = body.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, largest + 1));
                if (bytes.length > largest) {
                    throw failed(url, place, "it is larger than " + largest + " bytes");
                }
                return bytes;
            }
        } catch (IOException | IllegalArgumentException e) {
            throw failed(url, place, String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException failed(String url, Place place, String why) {
        return Problem.error(
                        MigrateCode.DOWNLOAD_FAILED,
                        place,
                        "%s could not be fetched: %s".formatted(shown(url), why))
                .thrown();
    }

    /// Without what may be a secret: the user and the query.
    private static String shown(String url) {
        return url.replaceFirst("://[^/@]*@", "://").replaceFirst("\\?.*", "");
    }
}
