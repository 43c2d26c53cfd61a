package dev.fairlead.target.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.target.kubernetes.access.Credentials.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Kubeconfig read(Path... files) {
        var all = String.join(":", java.util.Arrays.stream(files).map(Path::toString).toList());
        return Kubeconfig.read(Map.of("KUBECONFIG", all, "PATH", "/usr/bin:/bin"), NOON);
    }

    private Kubeconfig withUser(String user) throws IOException {
        return read(
                file(
                        "config",
                        """
                        current-context: here
                        contexts: [{name: here, context: {cluster: c, user: u, namespace: shop}}]
                        clusters: [{name: c, cluster: {server: "https://example.test:6443/"}}]
                        users: [{name: u, user: %s}]
                        """
                                .formatted(user)));
    }

    private Identity identity(String user) throws Exception {
        return withUser(user).access(Optional.empty()).credentials().current();
    }

    @Test
    void theFirstFileThatNamesSomethingHolds() throws IOException {
        var one =
                file(
                        "one",
                        """
                        contexts: [{name: a, context: {cluster: c}}]
                        clusters: [{name: c, cluster: {server: "https://first.test", tls-server-name: inner}}]
                        """);
        var two =
                file(
                        "two",
                        """
                        current-context: a
                        contexts: [{name: a, context: {cluster: d}}, {name: b, context: {cluster: c}}]
                        clusters: [{name: c, cluster: {server: "https://second.test"}}]
                        """);
        var access = read(one, folder.resolve("absent"), two).access(Optional.empty());
        assertThat(access.server()).hasToString("https://first.test");
        assertThat(access.trust().serverName()).hasValue("inner");
        assertThat(read(one, two).contexts()).containsExactly("a", "b");
    }

    @Test
    void aPathIsRelativeToItsFile() throws Exception {
        Files.createDirectory(folder.resolve("keys"));
        file("keys/token", "from a file\n");
        assertThat(identity("{tokenFile: keys/token, token: loses}").headers())
                .containsEntry("Authorization", List.of("Bearer from a file"));
    }

    @Test
    void whoWeAreIsWhatTheUserSays() throws Exception {
        assertThat(identity("{token: secret}").headers())
                .isEqualTo(Map.of("Authorization", List.of("Bearer secret")));
        assertThat(identity("{username: ada, password: pw}").headers())
                .isEqualTo(Map.of("Authorization", List.of("Basic YWRhOnB3")));
        assertThat(identity("{token: x, as: eve, as-groups: [one, two]}").headers())
                .containsEntry("Impersonate-User", List.of("eve"))
                .containsEntry("Impersonate-Group", List.of("one", "two"));
        assertThat(identity("{auth-provider: {name: oidc, config: {id-token: idt}}}").headers())
                .containsEntry("Authorization", List.of("Bearer idt"));
        assertThat(identity("{token: secret}").toString()).doesNotContain("secret");
    }

    @Test
    void whatIsWrongIsNamedWithItsFile() throws IOException {
        assertThatThrownBy(() ->
                        Kubeconfig.read(Map.of("HOME", "/nowhere"), NOON).access(Optional.empty()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("there is no kubeconfig at /nowhere/.kube/config");
        assertThatThrownBy(() -> withUser("{}").access(Optional.of("hree")))
                .hasMessageContaining("did you mean \"here\"?");
        assertThatThrownBy(() ->
                        withUser("{client-certificate: no.crt, client-key: no.key}")
                                .access(Optional.empty()))
                .hasMessageContaining("user \"u\"")
                .hasMessageContaining("no.crt, which cannot be read");
        var bare =
                file(
                        "bare",
                        "current-context: a\ncontexts: [{name: a, context: {cluster: gone}}]\n");
        assertThatThrownBy(() -> read(bare).access(Optional.empty()))
                .hasMessageContaining("its cluster \"gone\" is in no file");
        var broken = file("broken", "contexts: [");
        assertThatThrownBy(() -> read(broken)).hasMessageContaining("is not YAML");
    }

    private Path plugin(String script) throws IOException {
        var path = file("plugin", "#!/bin/sh\n" + script);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static final String EXEC =
            "{exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin, args: [login], env: [{name: WHO, value: ada}], interactiveMode: Never, provideClusterInfo: true, installHint: get it}}";

    @Test
    void aPluginIsAskedAgainWhenItsTokenIsUsedUpOrRefused() throws Exception {
        plugin(
                """
                echo x >> "$(dirname "$0")/asked"
                n=$(wc -l < "$(dirname "$0")/asked")
                case "$KUBERNETES_EXEC_INFO" in *example.test*) ;; *) exit 9 ;; esac
                end=2026-06-01T12:00:05Z
                [ $n -lt 2 ] || end=2026-06-01T13:00:00Z
                echo '{"kind":"ExecCredential","status":{"token":"'$WHO-$1-$n'","expirationTimestamp":"'$end'"}}'
                """);
        var credentials = withUser(EXEC).access(Optional.empty()).credentials();
        var first = credentials.current();
        assertThat(first.headers()).containsEntry("Authorization", List.of("Bearer ada-login-1"));
        var second = credentials.current(); // the first has five seconds left: too few
        assertThat(second.headers()).containsEntry("Authorization", List.of("Bearer ada-login-2"));
        assertThat(credentials.current()).isEqualTo(second);
        assertThat(credentials.renewed(second).orElseThrow().headers())
                .containsEntry("Authorization", List.of("Bearer ada-login-3"));
        assertThat(credentials.renewed(second).orElseThrow().headers())
                .containsEntry("Authorization", List.of("Bearer ada-login-3"));
    }

    @Test
    void aPluginThatFailsIsNamed() throws Exception {
        var credentials = withUser(EXEC).access(Optional.empty()).credentials();
        assertThatThrownBy(credentials::current)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("could not be started: get it");
        plugin("exit 3");
        assertThatThrownBy(credentials::current).hasMessageContaining("ended with status 3");
        plugin("echo hello");
        assertThatThrownBy(credentials::current).hasMessageContaining("ExecCredential in JSON");
        plugin("echo '{\"status\":{}}'");
        assertThatThrownBy(credentials::current).hasMessageContaining("neither a token");
    }

    @Test
    void aPodHasTheAccountThatIsMounted() throws Exception {
        file("token", "of the pod");
        file("ca.crt", "authority");
        file("namespace", "shop\n");
        var environment =
                Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "443");
        assertThat(InCluster.here(environment, folder)).isTrue();
        assertThat(InCluster.here(Map.of(), folder)).isFalse();
        var access = InCluster.access(environment, folder);
        assertThat(access.server()).hasToString("https://[fd00::1]:443");
        assertThat(access.namespace()).hasValue("shop");
        var credentials = access.credentials();
        var old = credentials.current();
        assertThat(credentials.renewed(old)).isEmpty();
        file("token", "newer");
        assertThat(credentials.renewed(old).orElseThrow().headers())
                .containsEntry("Authorization", List.of("Bearer newer"));
    }
}
