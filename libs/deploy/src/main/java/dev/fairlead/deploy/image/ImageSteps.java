package dev.fairlead.deploy.image;

import dev.fairlead.deploy.image.ImageMaker.Seen;
import dev.fairlead.deploy.image.ImageStep.Action;
import dev.fairlead.inventory.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Decides what is done with images. Pure.
public final class ImageSteps {
    private ImageSteps() {}

    /// @param seen what registries have, by name
    /// @param recorded the digests of the last revision, by reference
    public static List<ImageStep> of(
            SortedMap<String, Image> images, Map<String, Seen> seen, Map<String, String> recorded) {
        var steps = new ArrayList<ImageStep>();
        images.forEach((name, image) -> {
            var found = seen.getOrDefault(name, new Seen.Unknown("nobody asked"));
            var known = Optional.ofNullable(recorded.get(image.reference()));
            steps.add(step(image, found, known));
        });
        return steps;
    }

    /// The digests that external images are pinned to, by reference.
    public static SortedMap<String, String> pins(
            SortedMap<String, Image> images, Map<String, Seen> seen) {
        var pins = new TreeMap<String, String>();
        images.forEach((name, image) -> {
            if (image instanceof Image.External) {
                digest(seen.get(name)).ifPresent(digest -> pins.put(image.reference(), digest));
            }
        });
        return pins;
    }

    /// What a person should know: external images that no registry could tell the digest of.
    public static List<String> notes(SortedMap<String, Image> images, Map<String, Seen> seen) {
        var notes = new ArrayList<String>();
        images.forEach((name, image) -> {
            if (image instanceof Image.External && !image.reference().contains("@")) {
                switch (seen.get(name)) {
                    case Seen.Unknown(var why) ->
                            notes.add(
                                    "the image \"%s\" (%s) is not pinned to a digest: %s"
                                            .formatted(name, image.reference(), why));
                    case Seen.There _, Seen.Missing _ -> {}
                    case null -> {}
                }
            }
        });
        return notes;
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static ImageStep step(Image image, Seen found, Optional<String> recorded) {
        return switch (image) {
            case Image.Built built -> built(built, found, recorded);
            case Image.External external -> external(external, found);
        };
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static ImageStep built(Image.Built image, Seen found, Optional<String> recorded) {
        return switch (found) {
            case Seen.There(var digest) ->
                    recorded.filter(known -> !known.equals(digest)).isEmpty()
                            ? step(image, Action.KEEP, Optional.of(digest), "the registry has it")
                            : step(
                                    image,
                                    Action.MOVED,
                                    Optional.of(digest),
                                    "its tag points to %s, and %s was pushed"
                                            .formatted(digest, recorded.orElseThrow()));
            case Seen.Missing _ ->
                    step(
                            image,
                            Action.BUILD,
                            Optional.empty(),
                            recorded.isEmpty()
                                    ? "the registry does not have these inputs"
                                    : "the registry does not have it any more");
            case Seen.Unknown(var why) ->
                    step(
                            image,
                            recorded.isPresent() ? Action.KEEP : Action.BUILD,
                            recorded,
                            recorded.isPresent()
                                    ? "it was pushed before; now " + why
                                    : why + ", so whether it is there is seen when it runs");
        };
    }

    private static ImageStep external(Image.External image, Seen found) {
        return switch (found) {
            case Seen.There(var digest) ->
                    step(image, Action.KEEP, Optional.of(digest), "the registry has it");
            case Seen.Missing(var source) ->
                    image.mirror().isPresent()
                            ? step(image, Action.MIRROR, source, "copied from " + image.from())
                            : step(
                                    image,
                                    Action.KEEP,
                                    Optional.empty(),
                                    "its registry does not have it");
            case Seen.Unknown(var why) -> step(image, Action.KEEP, Optional.empty(), why);
        };
    }

    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    private static ImageStep step(Image image, Action action, Optional<String> digest, String why) {
        return new ImageStep(image.name(), image.reference(), action, digest, why);
    }

    private static Optional<String> digest(@org.jspecify.annotations.Nullable Seen seen) {
        return switch (seen) {
            case Seen.There(var digest) -> Optional.of(digest);
            case Seen.Missing(var source) -> source;
            case Seen.Unknown _ -> Optional.empty();
            case null -> Optional.empty();
        };
    }
}
