package dev.fairlead.target.kubernetes.http;

import dev.fairlead.target.kubernetes.access.Access;
import dev.fairlead.target.kubernetes.access.ClientTls;
import dev.fairlead.target.kubernetes.access.Credentials.Identity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Connections to the server under one identity. Streams have connections of their own, so that one that nobody reads
/// holds up no request.
final class Line implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final Access access;
    private final Identity identity;
    private final HttpClient calls;
    private @Nullable HttpClient streams;

    Line(Access access, Identity identity) {
        this.access = access;
        this.identity = identity;
        this.calls = client();
    }

    private synchronized HttpClient streams() {
        if (streams == null) {
            streams = client();
        }
        return streams;
    }

    private HttpClient client() {
        boolean secure = "https".equals(access.server().getScheme());
        var builder =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .version(secure ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
        if (secure) {
            builder.sslContext(ClientTls.context(access.trust(), identity.certificate()));
        }
        access.proxy()
                .ifPresent(proxy ->
                        builder.proxy(
                                ProxySelector.of(
                                        new InetSocketAddress(proxy.getHost(), port(proxy)))));
        return builder.build();
    }

    private static int port(URI address) {
        int standard = "https".equals(address.getScheme()) ? 443 : 80;
        return address.getPort() < 0 ? standard : address.getPort();
    }

    Identity identity() {
        return identity;
    }

    /// The whole answer, or a failure to get one within `limit`.
    HttpResponse<String> exchange(Call call, Duration limit)
            throws IOException, InterruptedException {
        var request = request(call);
        return within(calls.sendAsync(request, HttpResponse.BodyHandlers.ofString()), limit);
    }

    /// The answer's beginning; its lines come as they are sent.
    HttpResponse<LineFeed> open(Call call, Duration limit)
            throws IOException, InterruptedException {
        return within(streams().sendAsync(request(call), _ -> new LineFeed()), limit);
    }

    WebSocket dial(Call call, WebSocket.Listener listener, Duration limit)
            throws IOException, InterruptedException {
        var builder = streams().newWebSocketBuilder().connectTimeout(limit);
        identity.headers()
                .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        builder.subprotocols(
                call.accept().getFirst(), call.accept().stream().skip(1).toArray(String[]::new));
        var address = access.server() + call.path();
        return within(
                builder.buildAsync(URI.create(address.replaceFirst("^http", "ws")), listener),
                limit);
    }

    private HttpRequest request(Call call) {
        var builder = HttpRequest.newBuilder(URI.create(access.server() + call.path()));
        identity.headers()
                .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
        builder.header("Accept", String.join(",", call.accept()))
                .header("User-Agent", "fairlead")
                .method(
                        call.method().name(),
                        call.body()
                                .map(body -> BodyPublishers.ofString(body.text()))
                                .orElseGet(BodyPublishers::noBody));
        call.body().ifPresent(body -> builder.header("Content-Type", body.type()));
        return builder.build();
    }

    // A request's own timeout of the JDK ends with the headers; a body that stalls must end too.
    private static <T> T within(CompletableFuture<T> answer, Duration limit)
            throws IOException, InterruptedException {
        try {
            return answer.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new HttpTimeoutException("no answer within " + limit.toSeconds() + " s");
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io
                    ? io
                    : new IOException(String.valueOf(e.getCause()), e.getCause());
        }
    }

    @Override
    public synchronized void close() {
        calls.shutdownNow();
        if (streams != null) {
            streams.shutdownNow();
        }
    }
}
