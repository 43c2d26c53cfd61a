package dev.fairlead.target.kubernetes.home;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Outline.SecretSource;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.Resolution.DigestKey;
import dev.fairlead.target.kubernetes.client.ApplyMode;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The secrets that were made for an environment, and the key for fingerprints: in one Secret of its namespace.
public final class Secrets {
    private static final String STATE = "state";
    private static final String KEY = "digest-key";
    private static final String PREFIX = "secret.";
    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private final SortedMap<String, String> data;

    private Secrets(SortedMap<String, String> data) {
        this.data = data;
    }

    public static Secrets read(Home home) {
        var data = new TreeMap<String, String>();
        home.ask(() -> home.cluster().find(home.own("Secret", home.keeps(STATE))))
                .ifPresent(secret ->
                        Trees.map(secret, "data")
                                .forEach((key, value) -> data.put(key, value.toString())));
        return new Secrets(data);
    }

    public Optional<DigestKey> digestKey() {
        return Optional.ofNullable(data.get(KEY))
                .map(text -> new DigestKey(Base64.getDecoder().decode(text)));
    }

    /// The value of each declared secret; one that is to be made is proposed where it is not kept yet.
    public SortedMap<String, Marked> of(Outline outline) {
        var values = new TreeMap<String, Marked>();
        outline.secrets()
                .forEach((name, source) ->
                        value(name, source)
                                .ifPresent(value -> values.put(name, Marked.secret(name, value))));
        return values;
    }

    private Optional<String> value(String name, SecretSource source) {
        return switch (source) {
            case SecretSource.Generated(int length) ->
                    Optional.of(kept(name).orElseGet(() -> fresh(length)));
            case SecretSource.Given(var value) -> value;
        };
    }

    private Optional<String> kept(String name) {
        return Optional.ofNullable(data.get(PREFIX + name)).map(Secrets::decoded);
    }

    /// What output is masked by where nothing else is known: the values that are kept, and those of the environment's own
    /// Secrets.
    ///
    /// @param objects of the environment
    public static SortedMap<String, Marked> masks(
            Home home, Collection<Map<String, Object>> objects) {
        var masks = new TreeMap<String, Marked>();
        for (var object : objects) {
            if ("Secret".equals(object.get("kind"))) {
                var name = Trees.text(object, "metadata", "name").orElse("");
                Trees.map(object, "data")
                        .forEach((key, value) -> {
                            var shown = name + "." + key;
                            masks.put(shown, Marked.secret(shown, decoded(value.toString())));
                        });
            }
        }
        var kept = read(home);
        kept.data.keySet().stream()
                .filter(key -> key.startsWith(PREFIX))
                .map(key -> key.substring(PREFIX.length()))
                .forEach(name ->
                        kept.kept(name)
                                .ifPresent(value -> masks.put(name, Marked.secret(name, value))));
        return masks;
    }

    private static String decoded(String value) {
        return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
    }

    private static String fresh(int length) {
        var random = new SecureRandom();
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /// Keeps what is new in a resolution; writes nothing when there is nothing new.
    public void keep(Home home, Outline outline, Resolution resolution) {
        var now = new TreeMap<>(data);
        resolution
                .digestKey()
                .ifPresent(key -> now.put(KEY, Base64.getEncoder().encodeToString(key.bytes())));
        outline.secrets()
                .forEach((name, source) -> {
                    var value = resolution.secrets().get(name);
                    if (source instanceof SecretSource.Generated && value != null) {
                        var bytes = value.reveal().getBytes(StandardCharsets.UTF_8);
                        now.put(PREFIX + name, Base64.getEncoder().encodeToString(bytes));
                    }
                });
        if (now.equals(data)) {
            return;
        }
        Map<String, Marked> hidden = new TreeMap<>();
        now.forEach((key, value) -> hidden.put(key, Marked.secret("state", value)));
        var tree = StateMap.tree(home, "Secret", home.keeps(STATE), "secrets", hidden);
        var address = home.own("Secret", home.keeps(STATE));
        var _ =
                home.ask(() -> home.cluster().apply(address, tree, ApplyMode.WRITE.forcing()))
                        .orThrow();
        data.putAll(now);
    }
}
