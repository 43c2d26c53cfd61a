package dev.fairlead.target.local.system;

import java.time.Duration;

/// The one place where this module sleeps: between looks at what the kernel does not announce.
public final class Pause {
    private Pause() {}

    public static void of(Duration time) throws InterruptedException {
        Thread.sleep(time);
    }
}
