package dev.fairlead.target.kubernetes.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fairlead.target.kubernetes.access.Access.Trust;
import dev.fairlead.target.kubernetes.access.Credentials.ClientCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates and keys as OpenSSL writes them.
class PemTest {
    @TempDir private Path folder;

    @BeforeEach
    void needsOpenssl() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "skipped: needs openssl");
    }

    private String openssl(String arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("/usr/bin/openssl"));
        command.addAll(List.of(arguments.split(" ", -1)));
        var process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        var said =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    @Test
    void aKeyIsReadInEachOfItsForms() throws Exception {
        openssl("genrsa -traditional -out rsa1.key 2048");
        openssl("pkcs8 -topk8 -nocrypt -in rsa1.key -out rsa8.key");
        openssl("ecparam -name prime256v1 -genkey -out ec1.key"); // with its parameters before it
        openssl("pkcs8 -topk8 -nocrypt -in ec1.key -out ec8.key");
        openssl("ecparam -name secp384r1 -genkey -noout -out ec384.key");
        openssl("genpkey -algorithm ed25519 -out ed.key");
        assertThat(text("rsa1.key")).contains("RSA PRIVATE KEY");
        assertThat(text("ec1.key")).contains("EC PARAMETERS", "EC PRIVATE KEY");
        for (var name : List.of("rsa1", "rsa8", "ec1", "ec8", "ec384", "ed")) {
            openssl(
                    "req -x509 -new -key "
                            + name
                            + ".key -days 2 -subj /CN=x -out "
                            + name
                            + ".crt");
            var certificate = Pem.certificates(text(name + ".crt")).getFirst();
            var key = Pem.privateKey(text(name + ".key"), certificate.getPublicKey());
            var algorithm =
                    switch (certificate.getPublicKey().getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> "Ed25519";
                    };
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(new byte[] {1, 2, 3});
            var signed = signature.sign();
            signature.initVerify(certificate);
            signature.update(new byte[] {1, 2, 3});
            assertThat(signature.verify(signed)).as(name).isTrue();
            var client = new ClientCertificate(text(name + ".crt"), text(name + ".key"));
            var trust = new Trust(List.of(text(name + ".crt")), true, Optional.empty());
            assertThat(ClientTls.context(trust, Optional.of(client))).isNotNull();
            assertThat(ClientTls.expiry(client)).isPresent();
        }
    }

    @Test
    void whatIsNoKeyIsSaid() throws Exception {
        openssl(
                "req -x509 -new -newkey rsa:2048 -nodes -keyout a.key -days 2 -subj /CN=x -out a.crt");
        openssl("pkcs8 -topk8 -in a.key -out locked.key -passout pass:geheim");
        var key = Pem.certificates(text("a.crt")).getFirst().getPublicKey();
        assertThatThrownBy(() -> Pem.privateKey(text("locked.key"), key))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("encrypted");
        assertThatThrownBy(() -> Pem.privateKey(text("a.crt"), key))
                .hasMessageContaining("no private key");
        assertThatThrownBy(() -> Pem.certificates("hello")).hasMessageContaining("no certificate");
    }

    @Test
    void aServerIsBelievedUnderTheNameThatIsWanted() throws Exception {
        openssl(
                "req -x509 -new -newkey rsa:2048 -nodes -keyout s.key -days 2 -subj /CN=x -out s.crt -addext subjectAltName=DNS:api.test,DNS:*.inner.test,IP:10.0.0.1");
        var chain = Pem.certificates(text("s.crt")).toArray(X509Certificate[]::new);
        for (var name : List.of("api.test", "API.test", "one.inner.test", "10.0.0.1")) {
            new NamedTrust(accepting(chain), name).checkServerTrusted(chain, "RSA");
        }
        for (var name : List.of("other.test", "inner.test", "a.b.inner.test", "10.0.0.2")) {
            assertThatThrownBy(() ->
                            new NamedTrust(accepting(chain), name).checkServerTrusted(chain, "RSA"))
                    .as(name)
                    .isInstanceOf(CertificateException.class);
        }
        new NamedTrust(null, null).checkServerTrusted(chain, "RSA");
    }

    private static X509ExtendedTrustManager accepting(X509Certificate[] authorities)
            throws Exception {
        var store = java.security.KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", authorities[0]);
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }
}
