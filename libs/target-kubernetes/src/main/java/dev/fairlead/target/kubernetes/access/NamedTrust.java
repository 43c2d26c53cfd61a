package dev.fairlead.target.kubernetes.access;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Believes servers whose certificate has a given name rather than the address's (`tls-server-name`), or all of them
/// (`insecure-skip-tls-verify`).
final class NamedTrust extends X509ExtendedTrustManager {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private final @Nullable X509ExtendedTrustManager chain;
    private final @Nullable String name;

    /// @param chain what decides about the chain of certificates; null: everybody is believed
    NamedTrust(@Nullable X509ExtendedTrustManager chain, @Nullable String name) {
        this.chain = chain;
        this.name = name;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type)
            throws CertificateException {
        if (chain == null) {
            return;
        }
        chain.checkServerTrusted(certificates, type);
        if (name != null && !named(certificates[0], name)) {
            throw new CertificateException("the certificate is not for " + name);
        }
    }

    private static boolean named(X509Certificate certificate, String name)
            throws CertificateException {
        var names = certificate.getSubjectAlternativeNames();
        return names != null && names.stream().anyMatch(one -> matches(one, name));
    }

    private static boolean matches(List<?> alternative, String name) {
        var kind = alternative.getFirst();
        var value = String.valueOf(alternative.get(1)).toLowerCase(Locale.ROOT);
        var wanted = name.toLowerCase(Locale.ROOT);
        if (kind.equals(DNS) && value.startsWith("*.")) {
            int dot = wanted.indexOf('.');
            return dot > 0 && wanted.substring(dot).equals(value.substring(1));
        }
        return List.of(DNS, ADDRESS).contains(kind) && value.equals(wanted);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type, Socket socket)
            throws CertificateException {
        checkServerTrusted(certificates, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] certificates, String type, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(certificates, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type)
            throws CertificateException {
        throw new CertificateException("we are never the server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type, Socket socket)
            throws CertificateException {
        checkClientTrusted(certificates, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] certificates, String type, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(certificates, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return chain == null ? new X509Certificate[0] : chain.getAcceptedIssuers();
    }
}
