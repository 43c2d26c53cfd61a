package dev.fairlead.target.local.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.target.local.state.Home;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

class PostgresPortTest {
    private static final int SLOTS = 8;

    @RepeatedTest(5)
    void slotsThatComeAtTheSameMomentKeepItTogether(@TempDir Path folder) throws Exception {
        var home = new Home(folder);
        home.make();
        Callable<Boolean> keep =
                () -> {
                    PostgresPort.keep(home, 21234);
                    return true;
                };
        try (var threads = Executors.newFixedThreadPool(SLOTS)) {
            for (var kept : threads.invokeAll(Collections.nCopies(SLOTS, keep))) {
                assertThat(kept.get()).isTrue();
            }
        }
        assertThat(PostgresPort.kept(home)).contains(21234);
    }
}
