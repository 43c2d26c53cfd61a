package dev.fairlead.engine.image;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.image.ImageMaker;
import dev.fairlead.deploy.image.ImageMaker.Seen;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.image.Image;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The images that units of an environment run from, and what registries have of them.
///
/// @param images by name
/// @param seen what registries have, by name
public record UsedImages(SortedMap<String, Image> images, SortedMap<String, Seen> seen) {
    /// Asks for those of some units.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException `INTERRUPTED`, or with a name that no registry takes
    public static UsedImages of(
            Environment environment, Collection<UnitName> units, ImageMaker maker) {
        var images = new TreeMap<String, Image>();
        environment
                .images()
                .forEach((name, image) -> {
                    if (units.stream()
                            .map(unit -> Optional.ofNullable(environment.units().get(unit)))
                            .flatMap(Optional::stream)
                            .anyMatch(unit -> runsFrom(unit, image))) {
                        images.put(name, image);
                    }
                });
        if (images.isEmpty()) {
            return new UsedImages(images, new TreeMap<>());
        }
        try {
            return new UsedImages(images, maker.look(images.values()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.error(DeployCode.INTERRUPTED, "interrupted while registries were asked")
                    .withHint(DeployCode.INTERRUPTED.remedy())
                    .thrown();
        }
    }

    // A manifest may read an image without a unit saying so: what counts is what is in it.
    private static boolean runsFrom(Unit unit, Image image) {
        return unit.manifests().stream()
                .anyMatch(one -> one.text().toString().contains(image.reference()));
    }
}
