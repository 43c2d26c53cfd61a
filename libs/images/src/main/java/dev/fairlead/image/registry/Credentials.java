package dev.fairlead.image.registry;

import dev.fairlead.document.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Who this machine is to registries: what `docker login` wrote, with the helpers that it names. Read once.
public final class Credentials {
    private static final long HELPER_SECONDS = 20;

    private final Map<String, Object> config;

    private Credentials(Map<String, Object> config) {
        this.config = config;
    }

    /// @param variables the process environment
    public static Credentials of(Map<String, String> variables) {
        var folder =
                Optional.ofNullable(variables.get("DOCKER_CONFIG"))
                        .map(Path::of)
                        .or(() ->
                                Optional.ofNullable(variables.get("HOME"))
                                        .map(home -> Path.of(home, ".docker")));
        var file = folder.map(at -> at.resolve("config.json"));
        if (file.isEmpty() || !Files.isRegularFile(file.get())) {
            return new Credentials(Map.of());
        }
        try {
            return new Credentials(Json.readObject(Files.readString(file.get())));
        } catch (IOException | IllegalArgumentException e) {
            return new Credentials(Map.of()); // without it registries are asked as anybody
        }
    }

    /// Somebody's name and password, or token.
    public record Account(String user, String password) {
        /// Never the password.
        @Override
        public String toString() {
            return "Account[" + user + "]";
        }

        String pair() {
            return user + ":" + password;
        }
    }

    /// Who this machine is to the registry of an image.
    public Optional<Account> find(Reference image) {
        return found(image.account())
                .map(pair -> pair.split(":", 2))
                .filter(parts -> parts.length == 2)
                .map(parts -> new Account(parts[0], parts[1]));
    }

    private Optional<String> found(String account) {
        var helper = word(config.get("credHelpers"), account).or(() -> word(config, "credsStore"));
        if (helper.isPresent()) {
            return asked(helper.get(), account);
        }
        return config.get("auths") instanceof Map<?, ?> auths
                        && auths.get(account) instanceof Map<?, ?> entry
                ? word(entry, "auth")
                        .map(text ->
                                new String(
                                        Base64.getDecoder().decode(text), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static Optional<String> word(@org.jspecify.annotations.Nullable Object in, String key) {
        return in instanceof Map<?, ?> map && map.get(key) instanceof String text && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Optional<String> asked(String helper, String account) {
        try {
            var process =
                    new ProcessBuilder("docker-credential-" + helper, "get")
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (var in = process.getOutputStream()) {
                in.write(account.getBytes(StandardCharsets.UTF_8));
            }
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(HELPER_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                return Optional.empty();
            }
            var answer = Json.readObject(said);
            return word(answer, "Username")
                    .flatMap(user -> word(answer, "Secret").map(secret -> user + ":" + secret));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
