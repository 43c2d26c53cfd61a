package dev.fairlead.tests.system.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Toolchains of this machine, which pods of its own cluster use where they lie; what they need beside their programs is
/// fetched or compiled once, into a cache that is kept between runs.
///
/// @param bin the folder of the programs
/// @param environment what makes them use the cache
/// @param read folders that pods see at the same places
/// @param written the cache
public record HostTools(Path bin, Map<String, String> environment, List<Path> read, Path written) {
    private static final int PATIENCE_MINUTES = 8;
    private static final Path SYSTEM = Path.of("/usr");

    /// Go, and its standard library compiled as `program`, a folder with a module, needs it.
    ///
    /// @return why not, where there is none
    public static Found go(Path program) throws IOException, InterruptedException {
        var go = onPath("go");
        if (go.isEmpty()) {
            return new Found.Absent("skipped: needs go on the PATH");
        }
        var root = Path.of(said(go.get().toString(), "env", "GOROOT"));
        var cache = cache("go");
        var environment =
                new TreeMap<>(
                        Map.of(
                                "GOCACHE", cache.toString(),
                                "GOPATH", "/tmp/go",
                                "GOTOOLCHAIN", "local",
                                "GOTELEMETRY", "off",
                                "CGO_ENABLED", "0",
                                "HOME", "/tmp"));
        var built = run(program, environment, root.resolve("bin/go").toString(), "vet", ".");
        built.ifPresent(why -> {
            throw new AssertionError(why);
        });
        everybodys(cache);
        return new Found.There(
                new HostTools(root.resolve("bin"), environment, List.of(root), cache));
    }

    /// Node.js with npm, and the packages of the lock file in `program`.
    ///
    /// @return why not, where there is none
    public static Found node(Path program) throws IOException, InterruptedException {
        var node = onPath("node");
        var npm = onPath("npm");
        if (node.isEmpty() || npm.isEmpty()) {
            return new Found.Absent("skipped: needs node and npm on the PATH");
        }
        var bin = node.get().toRealPath().getParent();
        var cache = cache("npm");
        var environment =
                new TreeMap<>(
                        Map.of(
                                "npm_config_cache",
                                cache.toString(),
                                "npm_config_update_notifier",
                                "false",
                                "HOME",
                                "/tmp",
                                "PATH",
                                bin + ":/usr/bin:/bin"));
        var missing = run(program, environment, npm.get().toString(), "ci", "--prefer-offline");
        if (missing.isPresent()) {
            return new Found.Absent("skipped: needs npm's registry: " + missing.get());
        }
        everybodys(cache);
        var prefix = bin.getParent();
        return new Found.There(
                new HostTools(
                        bin,
                        environment,
                        prefix.startsWith(SYSTEM) ? List.of(SYSTEM) : List.of(SYSTEM, prefix),
                        cache));
    }

    /// What a look for a toolchain ends in.
    public sealed interface Found {
        record There(HostTools tools) implements Found {}

        record Absent(String why) implements Found {}
    }

    /// The manifest of a unit whose pods have them; image, variables and ports are the unit's own.
    public String manifest() {
        return """
        apiVersion: v1
        kind: Service
        metadata: { name: "{{ .Unit.name }}" }
        spec: { selector: { app: "{{ .Unit.name }}" }, ports: [ { name: http, port: {{ .Ports.http }}, targetPort: http } ] }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: { name: "{{ .Unit.name }}" }
        spec:
          selector: { matchLabels: { app: "{{ .Unit.name }}" } }
          template:
            metadata: { labels: { app: "{{ .Unit.name }}" } }
            spec:
              terminationGracePeriodSeconds: 1
              volumes: [ { name: tmp, emptyDir: {} }, %s ]
              containers:
                - name: main
                  image: "{{ .Unit.image }}"
                  env:
                    {{- range $name, $value := .Unit.env }}
                    - { name: {{ $name }}, value: {{ $value | toJson }} }
                    {{- end }}
                  ports: [ { name: http, containerPort: {{ .Ports.http }} } ]
                  readinessProbe: { httpGet: { path: /, port: http }, periodSeconds: 1 }
                  volumeMounts: [ { name: tmp, mountPath: /tmp }, %s ]
        """
                .formatted(volumes(), mounts());
    }

    private String volumes() {
        return all().stream()
                .map(path ->
                        "{ name: h%d, hostPath: { path: %s } }"
                                .formatted(all().indexOf(path), path))
                .collect(Collectors.joining(", "));
    }

    private String mounts() {
        return all().stream()
                .map(path ->
                        "{ name: h%d, mountPath: %s, readOnly: %s }"
                                .formatted(all().indexOf(path), path, !path.equals(written)))
                .collect(Collectors.joining(", "));
    }

    private List<Path> all() {
        var all = new ArrayList<>(read);
        all.add(written);
        return all;
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static Path cache(String name) throws IOException {
        var named = System.getenv().getOrDefault("XDG_CACHE_HOME", "");
        var base =
                named.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".cache")
                        : Path.of(named);
        return Files.createDirectories(base.resolve("fairlead-tests").resolve(name));
    }

    /// Pods run as somebody else, and write there too.
    private static void everybodys(Path cache) throws IOException, InterruptedException {
        said("chmod", "-R", "a+rwX", cache.toString());
    }

    private static String said(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var text = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + text);
        }
        return text;
    }

    /// @return the last line, when it failed
    private static Optional<String> run(
            Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var log = Files.createTempFile("fairlead-tools", ".log");
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        var process = builder.start();
        boolean ended = process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        var last = Files.readString(log).lines().reduce((_, line) -> line).orElse("");
        Files.delete(log);
        return ended && process.exitValue() == 0
                ? Optional.empty()
                : Optional.of(String.join(" ", command) + ": " + last);
    }
}
