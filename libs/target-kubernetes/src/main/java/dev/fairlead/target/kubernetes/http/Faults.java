package dev.fairlead.target.kubernetes.http;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.access.Access;
import dev.fairlead.target.kubernetes.access.ClientTls;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Which failures pass, and what to say about those that do not.
final class Faults {
    /// A server's own error that is always the same (a webhook that is gone) is not worth a minute.
    private static final int SAME_ERROR = 4;

    private static final String WEBHOOK = "failed calling webhook";
    private static final String WEBHOOK_GONE =
            "the service behind the webhook does not answer: repair it, or remove its configuration (`kubectl get validatingwebhookconfigurations,mutatingwebhookconfigurations`)";

    private final Access access;
    private final Clock clock;

    Faults(Access access, Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    /// Whether the same request may get another answer in a moment.
    static boolean passing(Call call, Reply reply, int attempts) {
        boolean repeatable = call.repeat() == Call.Repeat.SAFE;
        return switch (reply.status()) {
            case 429 -> true; // refused before it was looked at
            case 502, 503, 504 -> repeatable;
            case 500 ->
                    repeatable
                            && !aboutObject(reply)
                            && (attempts < SAME_ERROR || !reply.text().contains(WEBHOOK));
            default -> false;
        };
    }

    // A field that its kind does not have is the server's fault in its own words.
    private static boolean aboutObject(Reply reply) {
        return reply.status() == 500 && reply.text().contains("typed patch object");
    }

    static boolean passing(Call call, IOException e) {
        if (cause(e, SSLException.class).isPresent() && isCertificate(e)) {
            return false;
        }
        return call.repeat() == Call.Repeat.SAFE || neverSent(e);
    }

    /// A connection has only so many requests at once (HTTP/2, `SETTINGS_MAX_CONCURRENT_STREAMS`): the client itself refuses
    /// one more, and tells it by a sentence alone.
    private static boolean neverSent(IOException e) {
        return e instanceof ConnectException
                || e instanceof HttpConnectTimeoutException
                || String.valueOf(e.getMessage()).contains("too many concurrent streams");
    }

    private static boolean isCertificate(IOException e) {
        return cause(e, CertificateException.class).isPresent()
                || String.valueOf(e.getMessage()).contains("certificate");
    }

    ProblemException of(Call call, IOException e) {
        var server = access.server();
        if (isCertificate(e)) {
            return certificate(e);
        }
        if (cause(e, UnknownHostException.class).isPresent()
                || cause(e, UnresolvedAddressException.class).isPresent()) {
            return unreachable(call, "there is no host " + server.getHost());
        }
        if (e instanceof HttpConnectTimeoutException) {
            return unreachable(call, server + " does not answer: no connection");
        }
        if (e instanceof ConnectException) {
            return unreachable(call, "nobody listens at " + server + " (connection refused)");
        }
        var fate = call.repeat() == Call.Repeat.SAFE ? "" : "; whether it took effect is not known";
        var why = Optional.ofNullable(e.getMessage()).orElse(e.toString());
        return unreachable(call, "the connection to " + server + " failed: " + why + fate);
    }

    private ProblemException unreachable(Call call, String what) {
        return Problem.error(
                        KubernetesCode.CLUSTER_UNREACHABLE,
                        "cannot " + call.purpose() + ": " + what + context())
                .thrown();
    }

    private String context() {
        return " (context " + access.context() + ")";
    }

    private ProblemException certificate(IOException e) {
        boolean expired = cause(e, CertificateExpiredException.class).isPresent();
        var why =
                expired
                        ? "has expired"
                        : "is not trusted: "
                                + cause(e, CertificateException.class)
                                        .map(Throwable::getMessage)
                                        .orElse(e.getMessage());
        return Problem.error(
                        KubernetesCode.CERTIFICATE_REJECTED,
                        "the certificate of " + access.server() + " " + why + context())
                .thrown();
    }

    /// 401, 429 and 5xx are not about an object; other replies are the caller's.
    void throwIfAny(Call call, Reply reply) {
        int status = reply.status();
        var said = Optional.ofNullable(reply.tree().get("message")).map(Object::toString);
        var doing = "cannot " + call.purpose() + ": ";
        if (status == 401) {
            throw refused(doing);
        }
        if (status == 429) {
            throw Problem.error(
                            KubernetesCode.CLUSTER_BUSY,
                            doing + said.orElse("the server has too much to do"))
                    .thrown();
        }
        if (status >= 500 && !aboutObject(reply)) {
            var why =
                    said.orElseGet(() ->
                            reply.text().strip().lines().findFirst().orElse("no reason given"));
            var problem =
                    Problem.error(
                            KubernetesCode.CLUSTER_FAILED,
                            doing + "the server says " + status + ": " + why);
            throw (why.contains(WEBHOOK) ? problem.withHint(WEBHOOK_GONE) : problem).thrown();
        }
    }

    private ProblemException refused(String doing) {
        var problem =
                Problem.error(
                        KubernetesCode.CREDENTIALS_REFUSED,
                        doing
                                + access.server()
                                + " does not accept the user of context "
                                + access.context());
        return expiry().filter(end -> end.isBefore(clock.instant()))
                .map(end ->
                        problem.withHint(
                                "the client certificate of the kubeconfig expired at "
                                        + end
                                        + ": get a new one"))
                .orElse(problem)
                .thrown();
    }

    private Optional<java.time.Instant> expiry() {
        try {
            return access.credentials().current().certificate().flatMap(ClientTls::expiry);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static <T extends Throwable> Optional<T> cause(Throwable e, Class<T> type) {
        for (Throwable at = e; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return Optional.of(type.cast(at));
            }
        }
        return Optional.empty();
    }
}
