package dev.fairlead.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.fairlead.document.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Enough of an API server, in memory, for {@link TrainingMain}: objects are stored as they are sent, owned by whoever
/// applied them, and ready at once. With real TLS, as a good part of what a first request needs is that.
final class TrainingCluster implements AutoCloseable {
    private static final char[] PASSWORD = "training".toCharArray();
    private static final String CONFIG_MAPS = "configmaps ConfigMap";

    private final HttpsServer server;
    private final Map<String, Map<String, Object>> objects = new TreeMap<>();
    private final String kubeconfig;
    private long version;

    private TrainingCluster(HttpsServer server, KeyStore keys) throws GeneralSecurityException {
        this.server = server;
        this.kubeconfig =
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:%d", certificate-authority-data: %s}}]
                users: [{name: u, user: {client-certificate-data: %2$s, client-key-data: %s}}]
                contexts: [{name: training, context: {cluster: c, user: u}}]
                current-context: training
                """
                        .formatted(
                                server.getAddress().getPort(),
                                pem("CERTIFICATE", keys.getCertificate("k").getEncoded()),
                                pem("PRIVATE KEY", keys.getKey("k", PASSWORD).getEncoded()));
    }

    private static String pem(String what, byte[] der) {
        var body = Base64.getMimeEncoder().encodeToString(der);
        var text = "-----BEGIN %s-----\n%s\n-----END %1$s-----\n".formatted(what, body);
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// @param folder for its key
    static TrainingCluster start(Path folder)
            throws IOException, InterruptedException, GeneralSecurityException {
        var keys = keys(folder.resolve("training.p12"));
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        var server =
                HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        var cluster = new TrainingCluster(server, keys);
        server.createContext("/", cluster::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        return cluster;
    }

    private static KeyStore keys(Path file)
            throws IOException, InterruptedException, GeneralSecurityException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin/keytool").toString());
        command.addAll(List.of("-genkeypair", "-keyalg", "EC", "-alias", "k"));
        command.addAll(List.of("-dname", "CN=training", "-ext", "san=ip:127.0.0.1"));
        command.addAll(List.of("-ext", "bc=ca:true", "-storepass", new String(PASSWORD)));
        command.addAll(List.of("-keystore", file.toString()));
        var made =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (made.waitFor() != 0) {
            throw new IOException("keytool made no key");
        }
        return KeyStore.getInstance(file.toFile(), PASSWORD);
    }

    /// Writes the file that leads to it.
    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(folder.resolve("training.kubeconfig"), kubeconfig);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var uri = exchange.getRequestURI();
        var query = String.valueOf(uri.getQuery());
        if (query.contains("watch=true")) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush(); // and nothing ever comes
            return;
        }
        var answer =
                exchange.getRequestMethod().equals("GET")
                        ? found(uri.getPath())
                        : stored(uri.getPath(), Json.readObject(sent), query);
        var text =
                Json.compact(answer == null ? missing() : answer).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("X-Kubernetes-PF-PriorityLevel-UID", "training");
        exchange.sendResponseHeaders(answer == null ? 404 : 200, text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }

    private static Map<String, Object> missing() {
        return Map.of("kind", "Status", "reason", "NotFound", "message", "not found", "code", 404);
    }

    private synchronized @Nullable Map<String, Object> found(String path) {
        return switch (path) {
            case "/version" -> Map.of("major", "1", "minor", "36", "gitVersion", "v1.36.2");
            case "/api" ->
                    kinds(
                            "",
                            CONFIG_MAPS,
                            "secrets Secret",
                            "services Service",
                            "namespaces Namespace",
                            "pods Pod",
                            "events Event");
            case "/apis" -> kinds("apps", "deployments Deployment", "replicasets ReplicaSet");
            case "/api/v1/namespaces/training" ->
                    Map.of(
                            "apiVersion",
                            "v1",
                            "kind",
                            "Namespace",
                            "metadata",
                            Map.of("name", "training"));
            default ->
                    path.matches(".*/(configmaps|services|deployments)")
                            ? list(path)
                            : objects.get(path);
        };
    }

    private Map<String, Object> list(String path) {
        var items = new ArrayList<>(objects.values());
        items.removeIf(object -> !path.equals(at(object).get("collection")));
        return Map.of(
                "kind",
                "List",
                "metadata",
                Map.of("resourceVersion", "" + version),
                "items",
                items);
    }

    private static Map<String, Object> kinds(String group, String... kinds) {
        var resources = new ArrayList<Map<String, Object>>();
        for (var kind : kinds) {
            var names = kind.split(" ", -1);
            resources.add(
                    Map.of(
                            "resource",
                            names[0],
                            "responseKind",
                            Map.of("kind", names[1]),
                            "scope",
                            names[1].equals("Namespace") ? "Cluster" : "Namespaced",
                            "verbs",
                            List.of(
                                    "create", "delete", "get", "list", "patch", "update",
                                    "watch")));
        }
        var one =
                Map.of(
                        "metadata",
                        Map.of("name", group),
                        "versions",
                        List.of(Map.of("version", "v1", "resources", resources)));
        return Map.of("kind", "APIGroupDiscoveryList", "items", List.of(one));
    }

    private synchronized Map<String, Object> stored(
            String path, Map<String, Object> sent, String query) {
        if (path.endsWith("rulesreviews")) {
            var all = List.of("*");
            var rule = Map.of("verbs", all, "apiGroups", all, "resources", all);
            return Map.of("status", Map.of("resourceRules", List.of(rule)));
        }
        var object = new LinkedHashMap<>(sent);
        var metadata = new LinkedHashMap<String, Object>(at(sent));
        var name = String.valueOf(metadata.get("name"));
        var whole = path.endsWith("/" + name) ? path : path + "/" + name;
        version++;
        metadata.put("uid", "uid-" + name);
        metadata.put("resourceVersion", "" + version);
        metadata.put("generation", 1);
        metadata.put("collection", whole.substring(0, whole.lastIndexOf('/')));
        metadata.put(
                "managedFields",
                List.of(
                        Map.of(
                                "manager",
                                "fairlead",
                                "operation",
                                "Apply",
                                "fieldsV1",
                                owned(sent))));
        object.put("metadata", metadata);
        object.put("status", Map.of("observedGeneration", 1, "conditions", List.of()));
        if (!query.contains("dryRun=")) {
            objects.put(whole, object);
        }
        return object;
    }

    /// Each of its parts as a whole.
    private static Map<String, Object> owned(Map<String, Object> sent) {
        var fields = new LinkedHashMap<String, Object>();
        sent.keySet().forEach(key -> fields.put("f:" + key, Map.of()));
        var metadata = new LinkedHashMap<String, Object>();
        at(sent).keySet().forEach(key -> metadata.put("f:" + key, Map.of()));
        fields.put("f:metadata", metadata);
        return fields;
    }

    @SuppressWarnings("unchecked") // JSON objects have string keys
    private static Map<String, Object> at(Map<String, Object> object) {
        return object.get("metadata") instanceof Map<?, ?> map
                ? (Map<String, Object>) map
                : Map.of();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
