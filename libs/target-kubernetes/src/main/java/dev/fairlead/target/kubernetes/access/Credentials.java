package dev.fairlead.target.kubernetes.access;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who we are, as long as that holds. Safe for several threads.
public interface Credentials {
    /// What to send now; a token that is known to have expired is renewed first.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException when a file or plugin gives nothing
    Identity current() throws InterruptedException;

    /// The server did not accept `refused`: reads the file or asks the plugin again.
    ///
    /// @return the new identity, empty when there can be no other
    Optional<Identity> renewed(Identity refused) throws InterruptedException;

    /// @param headers of every request: authorization, impersonation; never shown
    /// @param certificate for the connection
    record Identity(Map<String, List<String>> headers, Optional<ClientCertificate> certificate) {
        public static final Identity NOBODY = new Identity(Map.of(), Optional.empty());

        public Identity {
            headers = Map.copyOf(headers);
        }

        /// Names no value: an identity may stand in a message by accident.
        @Override
        public String toString() {
            return "Identity["
                    + headers.keySet()
                    + (certificate.isPresent() ? ", certificate" : "")
                    + "]";
        }
    }

    /// A certificate with its private key, both PEM.
    record ClientCertificate(String certificate, String key) {
        @Override
        public String toString() {
            return "ClientCertificate[" + certificate.hashCode() + "]";
        }
    }
}
