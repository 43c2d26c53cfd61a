package dev.fairlead.target.kubernetes.agent;

import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.target.kubernetes.ready.Finding;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Whether what stands against a start stays so: what may pass counts when it lasts.
final class Certainty {
    private static final Duration LASTS = Duration.ofSeconds(5);

    private final Ticker ticker;
    private @Nullable Deadline since;

    Certainty(Ticker ticker) {
        this.ticker = ticker;
    }

    boolean isSure(Finding finding) {
        return switch (finding.sure()) {
            case AT_ONCE -> true;
            case WHEN_IT_LASTS -> {
                var begun = since;
                if (begun == null) {
                    begun = Deadline.in(LASTS, ticker);
                    since = begun;
                }
                yield begun.passed();
            }
            case NOT_YET -> {
                since = null;
                yield false;
            }
        };
    }
}
