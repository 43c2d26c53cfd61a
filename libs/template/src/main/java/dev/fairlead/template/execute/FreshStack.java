package dev.fairlead.template.execute;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Gives deep recursion a stack to run on: callers may have small ones, and templates may call each other deeply.
final class FreshStack {
    private static final int LEVELS_PER_STACK = 50;
    private static final long STACK_BYTES = 64L * 1024 * 1024;

    private FreshStack() {}

    /// Runs the work here, or at every so many levels on a thread of its own, which the caller waits for.
    static void whereDeep(int depth, Runnable work) {
        if (depth % LEVELS_PER_STACK != 0) {
            work.run();
            return;
        }
        var failure = new AtomicReference<@Nullable Throwable>();
        var thread =
                Thread.ofPlatform()
                        .name("template-depth-" + depth)
                        .stackSize(STACK_BYTES)
                        .start(() -> run(work, failure));
        awaitEnd(thread);
        switch (failure.get()) {
            case RuntimeException thrown -> throw thrown;
            case Error thrown -> throw thrown;
            case null, default -> {
                // it ended well
            }
        }
    }

    private static void run(Runnable work, AtomicReference<@Nullable Throwable> failure) {
        try {
            work.run();
        } catch (RuntimeException | Error thrown) {
            failure.set(thrown);
        }
    }

    /// The deadline of the rendering ends the work, so an interrupt is only kept for the caller.
    private static void awaitEnd(Thread thread) {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException stop) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
