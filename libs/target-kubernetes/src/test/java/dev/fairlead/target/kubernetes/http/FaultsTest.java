package dev.fairlead.target.kubernetes.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.target.kubernetes.http.Call.Body;
import dev.fairlead.target.kubernetes.http.Call.Method;
import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

/// What is sent again although nobody answered.
class FaultsTest {
    private static final Call MAKES =
            Call.sending(Method.POST, "/api/v1/namespaces", "make it", new Body("text", "it"));
    private static final Call READS = Call.reading("/api/v1/namespaces", "read it");

    @Test
    void whatNeverLeftThisMachineIsSentAgainWhateverItDoes() {
        assertThat(Faults.passing(MAKES, new ConnectException("refused"))).isTrue();
        assertThat(Faults.passing(MAKES, new IOException("too many concurrent streams"))).isTrue();
    }

    @Test
    void whatMayHaveTakenEffectIsSentAgainOnlyWhereThatChangesNothing() {
        var lost = new IOException("Connection reset");
        assertThat(Faults.passing(MAKES, lost)).isFalse();
        assertThat(Faults.passing(READS, lost)).isTrue();
    }
}
