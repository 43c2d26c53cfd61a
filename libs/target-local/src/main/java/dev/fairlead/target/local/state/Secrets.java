package dev.fairlead.target.local.state;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// Generated secrets of an environment: one file of mode 0600 each. Given ones are never stored.
public final class Secrets {
    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int KEY_BYTES = 32;

    private final Path folder;

    public Secrets(EnvironmentFolder environment) {
        this.folder = environment.secrets();
    }

    /// A value of letters and digits, which needs no escaping anywhere.
    public static String fresh(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(LETTERS.charAt(Chance.RANDOM.nextInt(LETTERS.length())));
        }
        return text.toString();
    }

    /// The value of a declared secret.
    public Optional<String> declared(String name) {
        return Durable.read(file("declared", name));
    }

    public void keepDeclared(String name, String value) {
        keep(file("declared", name), value);
    }

    /// Whether any is kept.
    public boolean any() {
        return !Durable.list(folder.resolve("declared")).isEmpty()
                || !Durable.list(folder.resolve("unit")).isEmpty();
    }

    /// The password of a unit that Fairlead itself made.
    public Optional<String> password(String unit) {
        return Durable.read(file("unit", unit));
    }

    public void keepPassword(String unit, String value) {
        keep(file("unit", unit), value);
    }

    public void dropPassword(String unit) {
        Durable.delete(file("unit", unit));
    }

    /// The key under which secrets are fingerprinted.
    public Optional<byte[]> digestKey() {
        return Durable.read(folder.resolve("digest.key")).map(Base64.getDecoder()::decode);
    }

    public void keepDigestKey(byte[] key) {
        keep(folder.resolve("digest.key"), Base64.getEncoder().encodeToString(key));
    }

    public static byte[] freshKey() {
        var key = new byte[KEY_BYTES];
        Chance.RANDOM.nextBytes(key);
        return key;
    }

    private static void keep(Path file, String value) {
        if (!Durable.read(file).equals(Optional.of(value))) {
            Durable.write(file, value);
        }
    }

    private Path file(String kind, String name) {
        return folder.resolve(kind).resolve(URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    /// Loaded when something is made: it loads every security provider, and mostly secrets are only read.
    private static final class Chance {
        static final SecureRandom RANDOM = new SecureRandom();
    }
}
