package dev.fairlead.testkit;

/// How often a counted test repeats itself: `-Dscale=full` runs the whole count, the ordinary run about 2 % of it.
public final class Scale {
    private static final double ORDINARY = 0.02;

    private Scale() {}

    /// The number of repetitions for a test whose full count is `full`; at least one.
    public static int of(int full) {
        return "full".equals(System.getProperty("scale"))
                ? full
                : Math.max(1, (int) Math.round(full * ORDINARY));
    }
}
