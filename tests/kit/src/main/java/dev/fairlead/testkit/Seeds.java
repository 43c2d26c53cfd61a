package dev.fairlead.testkit;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Random numbers whose seed is printed, so that a failure can be run again with `-Dseed=N`.
public final class Seeds {
    private Seeds() {}

    /// A generator for the test `name`; prints `seed NAME N`.
    public static RandomGenerator generator(String name) {
        long seed = Long.getLong("seed", new SecureRandom().nextLong());
        System.out.println("seed " + name + " " + seed);
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
