package dev.fairlead.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.deploy.image.ImageMaker.Seen;
import dev.fairlead.deploy.image.ImageStep.Action;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.inventory.image.Image;
import dev.fairlead.inventory.image.Recipe;
import dev.fairlead.testkit.Covers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is done with an image, by what its registry has and what was pushed before.
class ImageStepsTest {
    private static final Place PLACE = new Place(new Source("services.yaml", ""), 1, 1);
    private static final Image.Built API =
            new Image.Built(
                    "api",
                    PLACE,
                    "registry.test/api",
                    "0123456789abcdef0123",
                    new Recipe.Layered(
                            Path.of("/s"),
                            Path.of("/s"),
                            Optional.empty(),
                            List.of(),
                            List.of(),
                            List.of()));
    private static final Image.External DATABASE =
            new Image.External("db", PLACE, "postgres:18", Optional.empty());
    private static final Image.External MIRRORED =
            new Image.External("db", PLACE, "postgres:18", Optional.of("registry.test/pg"));
    private static final Seen OFFLINE = new Seen.Unknown("the registry does not answer");

    private static ImageStep step(Image image, Seen seen, Map<String, String> recorded) {
        var steps = ImageSteps.of(of(image), Map.of(image.name(), seen), recorded);
        assertThat(steps).hasSize(1);
        return steps.getFirst();
    }

    private static SortedMap<String, Image> of(Image image) {
        return new TreeMap<>(Map.of(image.name(), image));
    }

    @Test
    @Covers({"DEP-05", "CP-03"})
    void oneThatIsBuiltIsMadeOnceAndNeverReplaced() {
        var pushed = Map.of(API.reference(), "sha256:a");
        var there = new Seen.There("sha256:a");
        var missing = new Seen.Missing(Optional.empty());
        assertThat(step(API, missing, Map.of()).action()).isEqualTo(Action.BUILD);
        assertThat(step(API, missing, pushed).action()).isEqualTo(Action.BUILD);
        assertThat(step(API, there, Map.of()).action()).isEqualTo(Action.KEEP);
        assertThat(step(API, there, pushed).digest()).contains("sha256:a");
        var moved = step(API, new Seen.There("sha256:b"), pushed);
        assertThat(moved.action()).isEqualTo(Action.MOVED);
        assertThat(moved.why()).contains("sha256:a").contains("sha256:b");
    }

    @Test
    @Covers({"DEP-05", "CP-03"})
    void offlineOnlyWhatWasPushedBeforeIsTakenToBeThere() {
        assertThat(step(API, OFFLINE, Map.of(API.reference(), "sha256:a")).action())
                .isEqualTo(Action.KEEP);
        assertThat(step(API, OFFLINE, Map.of()).action()).isEqualTo(Action.BUILD);
    }

    @Test
    @Covers({"DEP-05", "CP-03"})
    void oneFromElsewhereIsPinnedOrSaidNotToBe() {
        var there = Map.<String, Seen>of("db", new Seen.There("sha256:d"));
        assertThat(ImageSteps.pins(of(DATABASE), there))
                .isEqualTo(Map.of("postgres:18", "sha256:d"));
        assertThat(ImageSteps.notes(of(DATABASE), there)).isEmpty();
        assertThat(ImageSteps.notes(of(DATABASE), Map.of("db", OFFLINE)))
                .containsExactly(
                        "the image \"db\" (postgres:18) is not pinned to a digest: the registry does not answer");
        assertThat(step(DATABASE, OFFLINE, Map.of()).acts()).isFalse();
    }

    @Test
    @Covers({"DEP-05", "CP-03"})
    void aMirrorIsFilledAndPinnedToWhatItIsCopiedFrom() {
        var missing = new Seen.Missing(Optional.of("sha256:d"));
        assertThat(step(MIRRORED, missing, Map.of()).action()).isEqualTo(Action.MIRROR);
        assertThat(ImageSteps.pins(of(MIRRORED), Map.of("db", missing)))
                .isEqualTo(Map.of("registry.test/pg:18", "sha256:d"));
        assertThat(step(MIRRORED, new Seen.There("sha256:d"), Map.of()).action())
                .isEqualTo(Action.KEEP);
    }
}
