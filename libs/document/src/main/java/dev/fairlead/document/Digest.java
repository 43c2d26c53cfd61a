package dev.fairlead.document;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The only place where hashes are made: SHA-256 over canonical JSON in UTF-8, as 64 hexadecimal digits.
public final class Digest {
    /// Never fed: copies of it are, for looking the algorithm up takes longer than most hashes.
    private static final MessageDigest SHA_256 = lookedUp();

    private Digest() {}

    /// The hash of a plain tree (see {@link Json}): equal trees have equal hashes, whatever the order of their keys.
    public static String ofTree(@Nullable Object tree) {
        return ofText(Json.canonical(tree));
    }

    public static String ofText(String text) {
        return ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public static String ofBytes(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /// A fingerprint of a secret that says only whether it changed: HMAC-SHA-256 under a key that never leaves the state.
    public static String ofSecret(byte[] key, String value) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(value.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /// For hashing what is too large to hold: feed it, then take {@link #hex}.
    public static MessageDigest sha256() {
        try {
            return (MessageDigest) SHA_256.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
        }
    }

    private static MessageDigest lookedUp() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
