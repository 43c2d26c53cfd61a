package dev.fairlead.target.kubernetes.access;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.document.Json;
import dev.fairlead.target.kubernetes.KubernetesCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A program that gives credentials (client.authentication.k8s.io), as clouds and OpenID logins use it.
final class ExecPlugin implements Credentials {
    /// A token this near its end is not used any more.
    private static final long MARGIN_SECONDS = 10;

    /// What a kubeconfig says about a plugin.
    ///
    /// @param cluster what the plugin is told about the cluster, when it wants to know
    record Command(
            KubeconfigEntry origin,
            List<String> words,
            Map<String, String> variables,
            Map<String, Object> cluster,
            boolean terminal) {
        static Command of(KubeconfigEntry exec, KubeconfigEntry cluster) {
            var program = exec.text("command").orElseThrow(() -> exec.wrong("exec has no command"));
            var words = new ArrayList<String>();
            // A path is relative to the kubeconfig, a bare name is found on the PATH.
            words.add(
                    program.contains("/")
                            ? exec.path("command").map(Path::toString).orElse(program)
                            : program);
            words.addAll(exec.texts("args"));
            var variables = new LinkedHashMap<String, String>();
            for (var variable : exec.children("env")) {
                variables.put(variable.text("name").orElse(""), variable.text("value").orElse(""));
            }
            var told = new LinkedHashMap<String, Object>();
            if (exec.flag("provideClusterInfo")) {
                for (var key : List.of("server", "tls-server-name", "certificate-authority-data")) {
                    cluster.text(key).ifPresent(value -> told.put(key, value));
                }
            }
            boolean terminal = !exec.text("interactiveMode").orElse("IfAvailable").equals("Never");
            return new Command(exec, words, variables, told, terminal);
        }

        String version() {
            return origin.text("apiVersion").orElse("client.authentication.k8s.io/v1");
        }

        String program() {
            return words.getFirst();
        }
    }

    private final Command command;
    private final Map<String, List<String>> headers;
    private final Map<String, String> environment;
    private final Clock clock;
    private @Nullable Identity current;
    private Optional<Instant> end = Optional.empty();

    /// @param headers what else is sent
    ExecPlugin(
            Command command,
            Map<String, List<String>> headers,
            Map<String, String> environment,
            Clock clock) {
        this.command = command;
        this.headers = headers;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public synchronized Identity current() throws InterruptedException {
        if (current == null || usedUp()) {
            current = asked();
        }
        return current;
    }

    @Override
    public synchronized Optional<Identity> renewed(Identity refused) throws InterruptedException {
        if (refused.equals(current)) {
            current = asked();
        }
        return Optional.of(current()).filter(identity -> !identity.equals(refused));
    }

    private boolean usedUp() {
        return end.isPresent() && end.get().minusSeconds(MARGIN_SECONDS).isBefore(clock.instant());
    }

    private Identity asked() throws InterruptedException {
        var answer = answer(output());
        end = text(answer, "expirationTimestamp").map(this::instant);
        var token = text(answer, "token").map(Headers::bearer).orElse(Map.of());
        var certificate =
                text(answer, "clientCertificateData")
                        .flatMap(pem ->
                                text(answer, "clientKeyData")
                                        .map(key -> new ClientCertificate(pem, key)));
        if (token.isEmpty() && certificate.isEmpty()) {
            throw failed("gave neither a token nor a certificate with its key");
        }
        return new Identity(Headers.with(headers, token), certificate);
    }

    private String output() throws InterruptedException {
        var builder = new ProcessBuilder(command.words());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(command.variables());
        builder.environment().put("KUBERNETES_EXEC_INFO", Json.compact(info()));
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        if (command.terminal()) {
            builder.redirectInput(ProcessBuilder.Redirect.INHERIT);
        }
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw failed(
                    "could not be started: "
                            + command.origin().text("installHint").orElse("it is not installed"));
        }
        try {
            var output =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw failed("ended with status " + status);
            }
            return output;
        } catch (IOException e) {
            throw failed("could not be read: " + e.getMessage());
        } finally {
            process.destroy();
        }
    }

    private Map<String, Object> info() {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("interactive", command.terminal());
        if (!command.cluster().isEmpty()) {
            spec.put("cluster", command.cluster());
        }
        var info = new LinkedHashMap<String, Object>();
        info.put("apiVersion", command.version());
        info.put("kind", "ExecCredential");
        info.put("spec", spec);
        return info;
    }

    private Map<?, ?> answer(String output) {
        try {
            return Json.readObject(output).get("status") instanceof Map<?, ?> status
                    ? status
                    : Map.of();
        } catch (IllegalArgumentException e) {
            throw failed("did not answer with an ExecCredential in JSON");
        }
    }

    private Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw failed("gave an expirationTimestamp that is no time: " + text);
        }
    }

    private static Optional<String> text(Map<?, ?> tree, String key) {
        return Optional.ofNullable(tree.get(key)).map(Object::toString).filter(s -> !s.isBlank());
    }

    private ProblemException failed(String what) {
        return Problem.error(
                        KubernetesCode.CREDENTIALS_REFUSED,
                        "the credential plugin " + command.program() + " " + what)
                .thrown();
    }
}
