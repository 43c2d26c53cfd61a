package dev.fairlead.target.kubernetes.access;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Certificates and keys from PEM text.
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION_ZERO = {0x02, 0x01, 0x00};

    private Pem() {}

    static List<X509Certificate> certificates(String pem) throws GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        var found = new ArrayList<X509Certificate>();
        var block = BLOCK.matcher(pem);
        while (block.find()) {
            if (block.group(1).equals("CERTIFICATE")) {
                var bytes = new ByteArrayInputStream(decoded(block.group(2)));
                found.add((X509Certificate) factory.generateCertificate(bytes));
            }
        }
        if (found.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate in it");
        }
        return found;
    }

    /// A private key in PKCS#8, or in the older forms of RSA (PKCS#1) and EC (SEC1).
    ///
    /// @param counterpart the certificate's key: it names the algorithm, and for EC the curve
    static PrivateKey privateKey(String pem, PublicKey counterpart)
            throws GeneralSecurityException {
        var block = BLOCK.matcher(pem);
        while (block.find()) {
            var bytes = decoded(block.group(2));
            switch (block.group(1)) {
                case "PRIVATE KEY" -> {
                    return key(bytes, counterpart);
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return key(wrapped(bytes, counterpart), counterpart);
                }
                case "ENCRYPTED PRIVATE KEY" ->
                        throw new GeneralSecurityException("the private key is encrypted");
                default -> {} // EC PARAMETERS, a certificate in the same file
            }
        }
        throw new GeneralSecurityException("there is no private key in it");
    }

    private static PrivateKey key(byte[] pkcs8, PublicKey counterpart)
            throws GeneralSecurityException {
        return KeyFactory.getInstance(counterpart.getAlgorithm())
                .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    // PKCS#8 is a version, the algorithm's identifier and the older form as octets; the identifier
    // is
    // the one in the certificate's own key.
    private static byte[] wrapped(byte[] old, PublicKey counterpart) {
        byte[] spki = counterpart.getEncoded();
        int start = 1 + lengthOfLength(spki, 1);
        int end = start + 1 + lengthOfLength(spki, start + 1) + length(spki, start + 1);
        return der(SEQUENCE, VERSION_ZERO, Arrays.copyOfRange(spki, start, end), der(OCTETS, old));
    }

    private static int lengthOfLength(byte[] der, int at) {
        return der[at] >= 0 ? 1 : 1 + (der[at] & 0x7f);
    }

    private static int length(byte[] der, int at) {
        if (der[at] >= 0) {
            return der[at];
        }
        int length = 0;
        for (int i = 1; i <= (der[at] & 0x7f); i++) {
            length = (length << 8) | (der[at + i] & 0xff);
        }
        return length;
    }

    private static byte[] der(int tag, byte[]... parts) {
        var body = new ByteArrayOutputStream();
        for (var part : parts) {
            body.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        int size = body.size();
        if (size < 0x80) {
            out.write(size);
        } else {
            out.write(0x82); // two bytes: no private key is longer than 65 535
            out.write(size >> 8);
            out.write(size);
        }
        out.writeBytes(body.toByteArray());
        return out.toByteArray();
    }

    private static byte[] decoded(String base64) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("it is not base64: " + e.getMessage(), e);
        }
    }
}
