package dev.fairlead.image.registry;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Json;
import dev.fairlead.image.ImageCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Asks registries, as far as a deploy needs it. For several threads; the connections are kept.
public final class Registry implements AutoCloseable {
    /// What a name may point to: one image, or one per platform.
    static final String MANIFESTS =
            "application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json, application/vnd.docker.distribution.manifest.list.v2+json, application/vnd.docker.distribution.manifest.v2+json";

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration TRANSFER = Duration.ofMinutes(10);
    private static final int OK = 200;
    private static final int LAST_OK = 299;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private @Nullable HttpClient client;
    private final Credentials credentials;
    private final Map<String, String> authorizations = new ConcurrentHashMap<>();

    public Registry(Credentials credentials) {
        this.credentials = credentials;
    }

    /// Made for the first question: it reads what authorities the machine trusts.
    private synchronized HttpClient client() {
        if (client == null) {
            client =
                    HttpClient.newBuilder()
                            .connectTimeout(CONNECT)
                            .followRedirects(HttpClient.Redirect.NORMAL)
                            .build();
        }
        return client;
    }

    /// A manifest, as it was sent.
    record Manifest(String type, String digest, String text) {}

    /// The digest of what a name points to; empty when it points to nothing.
    ///
    /// @throws ProblemException when the registry does not answer, or refuses
    public Optional<String> digest(Reference image) throws InterruptedException {
        var reply =
                send(
                        image,
                        "pull",
                        image.uri("manifests/" + image.version()),
                        request -> request.HEAD().header("Accept", MANIFESTS).timeout(ANSWER),
                        BodyHandlers.discarding());
        if (reply.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        require(image, reply, "does not say what it has");
        return Optional.of(
                reply.headers()
                        .firstValue("docker-content-digest")
                        .orElseGet(() -> image.version()));
    }

    Manifest manifest(Reference image) throws InterruptedException {
        var reply =
                send(
                        image,
                        "pull",
                        image.uri("manifests/" + image.version()),
                        request -> request.GET().header("Accept", MANIFESTS).timeout(ANSWER),
                        BodyHandlers.ofString());
        require(image, reply, "does not give its manifest");
        return new Manifest(
                reply.headers().firstValue("content-type").orElse(""),
                reply.headers()
                        .firstValue("docker-content-digest")
                        .orElseGet(() ->
                                "sha256:" + dev.fairlead.document.Digest.ofText(reply.body())),
                reply.body());
    }

    void put(Reference image, Manifest manifest) throws InterruptedException {
        var reply =
                send(
                        image,
                        "pull,push",
                        image.uri("manifests/" + image.version()),
                        request ->
                                request.PUT(BodyPublishers.ofString(manifest.text()))
                                        .header("Content-Type", manifest.type())
                                        .timeout(ANSWER),
                        BodyHandlers.discarding());
        require(image, reply, "does not take the manifest");
    }

    boolean hasBlob(Reference image, String digest) throws InterruptedException {
        var reply =
                send(
                        image,
                        "pull,push",
                        image.uri("blobs/" + digest),
                        request -> request.HEAD().timeout(ANSWER),
                        BodyHandlers.discarding());
        return reply.statusCode() == OK;
    }

    InputStream blob(Reference image, String digest) throws InterruptedException {
        var reply =
                send(
                        image,
                        "pull",
                        image.uri("blobs/" + digest),
                        request -> request.GET().timeout(TRANSFER),
                        BodyHandlers.ofInputStream());
        require(image, reply, "does not give the layer " + digest);
        return reply.body();
    }

    /// @param size in bytes, as the manifest says
    void putBlob(Reference image, String digest, long size, InputStream content)
            throws InterruptedException {
        var begun =
                send(
                        image,
                        "pull,push",
                        image.uri("blobs/uploads/"),
                        request -> request.POST(BodyPublishers.noBody()).timeout(ANSWER),
                        BodyHandlers.discarding());
        require(image, begun, "takes no layer");
        var at = begun.uri().resolve(begun.headers().firstValue("location").orElse(""));
        var to = URI.create(at + (at.getQuery() == null ? "?" : "&") + "digest=" + digest);
        var reply =
                send(
                        image,
                        "pull,push",
                        to,
                        request ->
                                request.PUT(
                                                BodyPublishers.fromPublisher(
                                                        BodyPublishers.ofInputStream(() -> content),
                                                        Math.max(1, size)))
                                        .header("Content-Type", "application/octet-stream")
                                        .timeout(TRANSFER),
                        BodyHandlers.discarding());
        require(image, reply, "does not take the layer " + digest);
    }

    private static void require(Reference image, HttpResponse<?> reply, String what) {
        int status = reply.statusCode();
        if (status < OK || status > LAST_OK) {
            var code = status == NOT_FOUND ? ImageCode.IMAGE_NOT_THERE : ImageCode.REGISTRY_REFUSED;
            throw Problem.error(
                            code,
                            "the registry %s %s: %s answered with %d"
                                    .formatted(image.host(), what, image, status))
                    .withHint(code.remedy())
                    .thrown();
        }
    }

    /// Sends it, and once more with what the registry asks for to prove who this is.
    private <T> HttpResponse<T> send(
            Reference image,
            String right,
            URI uri,
            UnaryOperator<HttpRequest.Builder> with,
            HttpResponse.BodyHandler<T> body)
            throws InterruptedException {
        var scope = image.host() + " repository:" + image.repository() + ":" + right;
        try {
            var known = Optional.ofNullable(authorizations.get(scope));
            var reply = client().send(request(uri, with, known), body);
            if (reply.statusCode() != UNAUTHORIZED) {
                return reply;
            }
            var proof = proof(image, right, reply);
            if (proof.isEmpty() || proof.equals(known)) {
                return reply;
            }
            authorizations.put(scope, proof.get());
            return client().send(request(uri, with, proof), body);
        } catch (IOException e) {
            throw unreachable(image, e);
        }
    }

    private static ProblemException unreachable(Reference image, IOException e) {
        var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return Problem.error(
                        ImageCode.REGISTRY_UNREACHABLE,
                        "the registry %s does not answer: %s".formatted(image.host(), why))
                .withHint(ImageCode.REGISTRY_UNREACHABLE.remedy())
                .thrown();
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static HttpRequest request(
            URI uri, UnaryOperator<HttpRequest.Builder> with, Optional<String> authorization) {
        var request = with.apply(HttpRequest.newBuilder(uri));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request.build();
    }

    /// What goes into `Authorization`: a token of the service that the registry names, or name and password themselves.
    private Optional<String> proof(Reference image, String right, HttpResponse<?> refused)
            throws IOException, InterruptedException {
        var challenge = refused.headers().firstValue("www-authenticate").orElse("");
        var basic =
                credentials
                        .find(image)
                        .map(Credentials.Account::pair)
                        .map(pair ->
                                "Basic "
                                        + Base64.getEncoder()
                                                .encodeToString(
                                                        pair.getBytes(StandardCharsets.UTF_8)));
        if (!challenge.regionMatches(true, 0, "Bearer", 0, "Bearer".length())) {
            return basic;
        }
        var asked = new java.util.HashMap<String, String>();
        PARAMETER
                .matcher(challenge)
                .results()
                .forEach(found -> asked.put(found.group(1), found.group(2)));
        var query =
                "?service=%s&scope=%s"
                        .formatted(
                                encoded(asked.getOrDefault("service", "")),
                                encoded("repository:" + image.repository() + ":" + right));
        var uri = URI.create(asked.getOrDefault("realm", "") + query);
        var reply =
                client().send(
                                request(uri, request -> request.GET().timeout(ANSWER), basic),
                                BodyHandlers.ofString());
        if (reply.statusCode() != OK) {
            return Optional.empty();
        }
        var answer = Json.readObject(reply.body());
        var token = answer.getOrDefault("token", answer.get("access_token"));
        return Optional.ofNullable(token).map(value -> "Bearer " + value);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }
}
