package dev.fairlead.target.kubernetes.access;

import dev.fairlead.target.kubernetes.access.Credentials.ClientCertificate;
import dev.fairlead.target.kubernetes.access.Credentials.Identity;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Credentials of a kubeconfig's user.
final class UserCredentials {
    private UserCredentials() {}

    static Credentials of(
            KubeconfigEntry user,
            KubeconfigEntry cluster,
            Map<String, String> environment,
            Clock clock) {
        var impersonation = impersonation(user);
        var plugin = user.child("exec");
        if (plugin.isPresent()) {
            return new ExecPlugin(
                    ExecPlugin.Command.of(plugin.get(), cluster),
                    impersonation,
                    environment,
                    clock);
        }
        var token = user.text("token");
        var tokenFile = user.path("tokenFile");
        if (tokenFile.isPresent()) { // as kubectl: the file wins
            return new TokenFile(tokenFile.get(), user::content, impersonation);
        }
        if (token.isEmpty() && user.child("auth-provider").isPresent()) {
            return provided(user, impersonation);
        }
        var name = user.text("username");
        var headers =
                token.map(Headers::bearer)
                        .or(() ->
                                name.map(who ->
                                        Headers.basic(who, user.text("password").orElse(""))))
                        .orElse(Map.of());
        return new Fixed(new Identity(Headers.with(impersonation, headers), certificate(user)));
    }

    // The id token of an OpenID provider is used as long as it holds. Refreshing it is the business
    // of
    // a credential plugin: client-go deprecates the built-in way.
    private static Credentials provided(
            KubeconfigEntry user, Map<String, List<String>> impersonation) {
        var token =
                user.child("auth-provider")
                        .flatMap(provider -> provider.child("config"))
                        .flatMap(config ->
                                config.text("id-token").or(() -> config.text("access-token")))
                        .orElseThrow(() ->
                                user.wrong(
                                        "its auth-provider has no token; use a credential plugin (exec)"));
        return new Fixed(
                new Identity(Headers.with(impersonation, Headers.bearer(token)), Optional.empty()));
    }

    private static Optional<ClientCertificate> certificate(KubeconfigEntry user) {
        var certificate =
                user.data("client-certificate-data").or(() -> user.file("client-certificate"));
        var key = user.data("client-key-data").or(() -> user.file("client-key"));
        if (certificate.isPresent() != key.isPresent()) {
            throw user.wrong("a client certificate and its key belong together, one is missing");
        }
        return certificate.map(pem -> new ClientCertificate(pem, key.orElseThrow()));
    }

    private static Map<String, List<String>> impersonation(KubeconfigEntry user) {
        var headers = new LinkedHashMap<String, List<String>>();
        user.text("as").ifPresent(name -> headers.put("Impersonate-User", List.of(name)));
        user.text("as-uid").ifPresent(uid -> headers.put("Impersonate-Uid", List.of(uid)));
        if (!user.texts("as-groups").isEmpty()) {
            headers.put("Impersonate-Group", user.texts("as-groups"));
        }
        return headers;
    }
}
