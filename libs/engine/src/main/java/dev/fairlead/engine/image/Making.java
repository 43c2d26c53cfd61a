package dev.fairlead.engine.image;

import dev.fairlead.deploy.image.ImageMaker;
import dev.fairlead.deploy.image.ImageMaker.Seen;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.inventory.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/// Makes images without deploying anything, side by side.
///
/// @param push whether they go to their registries; what is there already is left alone then
/// @param mirror whether those from elsewhere are copied, too
public record Making(boolean push, boolean mirror) {
    /// One image and what became of it.
    ///
    /// @param result its digest, or where it lies; absent when it failed
    /// @param what one word: `built`, `copied`, `there`, `skipped`, `failed`
    public record Made(
            String name,
            String reference,
            String what,
            Optional<String> result,
            List<Problem> problems) {}

    /// @param parallelism how many at once
    /// @param progress the name of an image, and one line
    public List<Made> of(
            UsedImages used, ImageMaker maker, int parallelism, BiConsumer<String, String> progress)
            throws InterruptedException {
        var work = new TreeMap<String, Future<Made>>();
        ExecutorService threads =
                Executors.newFixedThreadPool(parallelism, Thread.ofVirtual().factory());
        try {
            used.images()
                    .forEach((name, image) -> {
                        Callable<Made> one = () -> made(image, used, maker, progress);
                        work.put(name, threads.submit(one));
                    });
            var all = new ArrayList<Made>();
            for (var future : work.values()) {
                all.add(future.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private Made made(
            Image image, UsedImages used, ImageMaker maker, BiConsumer<String, String> progress)
            throws InterruptedException {
        boolean copied = image instanceof Image.External;
        if (copied && !(mirror && ((Image.External) image).mirror().isPresent())) {
            return end(image, "skipped", Optional.empty(), List.of());
        }
        if ((push || copied) && used.seen().get(image.name()) instanceof Seen.There(var digest)) {
            return end(image, "there", Optional.of(digest), List.of());
        }
        try {
            var result =
                    maker.make(image, push || copied, line -> progress.accept(image.name(), line));
            return end(image, copied ? "copied" : "built", Optional.of(result), List.of());
        } catch (ProblemException e) {
            return end(image, "failed", Optional.empty(), e.problems());
        }
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static Made end(
            Image image, String what, Optional<String> result, List<Problem> problems) {
        var placed =
                problems.stream()
                        .map(problem ->
                                new Problem(
                                        problem.code(),
                                        problem.severity(),
                                        problem.place().or(() -> Optional.of(image.place())),
                                        "the image \"%s\": %s"
                                                .formatted(image.name(), problem.what()),
                                        problem.hint(),
                                        problem.trace(),
                                        problem.evidence()))
                        .toList();
        return new Made(image.name(), image.reference(), what, result, placed);
    }
}
