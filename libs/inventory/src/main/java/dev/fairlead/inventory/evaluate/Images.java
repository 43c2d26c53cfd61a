package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.keys.EnvironmentKeys;
import dev.fairlead.inventory.keys.StackKeys;
import dev.fairlead.inventory.model.ModelReader;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `.Images`: the whole name of each image. Those that are built get their tag from what goes into them, which is not
/// computed yet: reading one is refused.
final class Images {
    private final Scope.Subject subject;
    private final Templates templates;
    private final boolean standIn;
    private final Supplier<Scope.Context> context;

    Images(
            Scope.Subject subject,
            Templates templates,
            boolean standIn,
            Supplier<Scope.Context> context) {
        this.subject = subject;
        this.templates = templates;
        this.standIn = standIn;
        this.context = context;
    }

    Map<String, @Nullable Object> map() {
        var images = new LazyMap();
        var seen = context.get();
        ModelReader.under(StackKeys.IMAGES, subject.model().spec())
                .entries()
                .forEach((name, entry) -> {
                    if (entry.value() instanceof Node.Mapping node) {
                        images.put(name, () -> image(name, entry.place(), node, seen));
                    }
                });
        return images;
    }

    private Object image(String name, Place place, Node.Mapping node, Scope.Context seen) {
        var from = EnvironmentKeys.IMAGE_FROM.scalar(node);
        if (from.isPresent()) {
            return LazyValues.plain(templates.text(from.get(), seen));
        }
        var repository = EnvironmentKeys.REPOSITORY.scalar(node);
        if (repository.isPresent() && isElsewhere(node)) {
            return LazyValues.plain(templates.text(repository.get(), seen));
        }
        if (standIn) {
            return subject.model().project() + "/" + name + ":in-0000000000000000";
        }
        if (isElsewhere(node)) {
            throw Problem.error(
                            InventoryCode.BAD_VALUE,
                            place,
                            "the image \"%s\" is made by somebody else, and does not say its name"
                                    .formatted(name))
                    .withHint("give it repository, with a tag or digest")
                    .thrown();
        }
        throw Problem.error(
                        InventoryCode.NOT_YET,
                        place,
                        "the name of the image \"%s\" comes with the building of images"
                                .formatted(name))
                .thrown();
    }

    /// Left to somebody else: its whole name stands in `repository`.
    private static boolean isElsewhere(Node.Mapping node) {
        return EnvironmentKeys.IMAGE_TYPE.text(node).filter("skip"::equals).isPresent();
    }
}
