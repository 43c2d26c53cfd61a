package dev.fairlead.target.kubernetes.access;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.target.kubernetes.KubernetesCode;
import dev.fairlead.target.kubernetes.access.Access.Trust;
import dev.fairlead.target.kubernetes.access.Credentials.ClientCertificate;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// TLS towards one server.
public final class ClientTls {
    private ClientTls() {}

    /// @throws dev.fairlead.diagnostic.ProblemException when a certificate or key cannot be read
    public static SSLContext context(Trust trust, Optional<ClientCertificate> client) {
        try {
            var context = SSLContext.getInstance("TLS");
            var keys = client.isPresent() ? keys(client.get()) : null;
            context.init(keys, new TrustManager[] {trusted(trust)}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw Problem.error(
                            KubernetesCode.KUBECONFIG_INVALID,
                            "a certificate or key of the kubeconfig cannot be used: "
                                    + e.getMessage())
                    .thrown();
        }
    }

    /// The moment after which nobody accepts a client certificate.
    public static Optional<Instant> expiry(ClientCertificate client) {
        try {
            return Optional.of(
                    Pem.certificates(client.certificate()).getFirst().getNotAfter().toInstant());
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static KeyManager[] keys(ClientCertificate client) throws GeneralSecurityException {
        var chain = Pem.certificates(client.certificate());
        var key = Pem.privateKey(client.key(), chain.getFirst().getPublicKey());
        return new KeyManager[] {new ClientKey(key, chain)};
    }

    /// Has the tables of the usual curve made in the background: each first connection needs them, and they take longer
    /// than all the rest of it.
    public static void prepare() {
        Thread.ofPlatform()
                .name("curve")
                .daemon()
                .start(() -> {
                    try {
                        var pairs = KeyPairGenerator.getInstance("EC");
                        pairs.initialize(new ECGenParameterSpec("secp256r1"));
                        var _ = pairs.generateKeyPair();
                    } catch (GeneralSecurityException e) {
                        // A runtime without that curve connects by another.
                    }
                });
    }

    private static X509ExtendedTrustManager trusted(Trust trust)
            throws GeneralSecurityException, IOException {
        if (!trust.verified()) {
            return new NamedTrust(null, null);
        }
        @Nullable KeyStore store = null; // null: the authorities of the machine
        if (!trust.authorities().isEmpty()) {
            store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (var pem : trust.authorities()) {
                for (var authority : Pem.certificates(pem)) {
                    store.setCertificateEntry("ca" + number++, authority);
                }
            }
        }
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (var manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager extended) {
                var name = trust.serverName();
                return name.isPresent() ? new NamedTrust(extended, name.get()) : extended;
            }
        }
        throw new GeneralSecurityException("this JDK has no trust manager for X.509");
    }
}
