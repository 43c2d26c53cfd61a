package dev.fairlead.target.kubernetes.home;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/// Several requests at once: the client itself does not ask more than the server bears.
public final class Together {
    private Together() {}

    /// The results in the order of the work; the first failure in that order is thrown when all have ended.
    public static <T> List<T> all(Home home, List<? extends Callable<T>> work) {
        if (work.isEmpty()) {
            return List.of();
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = home.ask(() -> threads.invokeAll(work));
            var results = new ArrayList<T>();
            for (var future : futures) {
                results.add(
                        home.ask(() -> {
                            try {
                                return future.get();
                            } catch (ExecutionException e) {
                                if (e.getCause() instanceof RuntimeException failure) {
                                    throw failure;
                                }
                                throw new IllegalStateException(e.getCause());
                            }
                        }));
            }
            return results;
        }
    }
}
