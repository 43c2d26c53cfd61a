package dev.fairlead.target.kubernetes.http;

import dev.fairlead.diagnostic.time.Ticker;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The gates to one server. Its answers say which of its priority levels a request was counted for (API Priority and
/// Fairness): each level has a gate of its own, so that a level which is used up holds up no request of another.
final class Gates {
    private static final String UNKNOWN = "";

    private final Ticker ticker;
    private final Map<String, String> levels = new ConcurrentHashMap<>();
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    Gates(Ticker ticker) {
        this.ticker = ticker;
    }

    /// The gate of those that were classified like this one.
    Gate of(Call call) {
        var level = levels.getOrDefault(call.kind(), UNKNOWN);
        return gates.computeIfAbsent(level, _ -> new Gate(ticker));
    }

    void learn(Call call, Reply reply) {
        reply.level().ifPresent(level -> levels.put(call.kind(), level));
    }
}
