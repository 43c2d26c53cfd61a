package dev.fairlead.cli.reference;

import dev.fairlead.deploy.slot.Claim;
import dev.fairlead.deploy.slot.Range;
import dev.fairlead.deploy.slot.SlotPort.Activity;
import dev.fairlead.deploy.slot.SlotState;
import dev.fairlead.deploy.slot.SlotView;
import dev.fairlead.deploy.slot.Verdict;
import dev.fairlead.inventory.environment.EnvironmentRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A slot for the examples of the reference.
final class SampleSlots {
    static final Range RANGE = new Range("guestbook", "ai", 15, Duration.ofHours(8), false);
    private static final Instant MORNING = Instant.parse("2026-03-01T07:00:00Z");
    static final SlotView SLOT =
            new SlotView(
                    new EnvironmentRef("guestbook", "ai", 3),
                    SlotState.READY,
                    Optional.of(
                            new Claim(
                                    3,
                                    "ada",
                                    "issue 7",
                                    MORNING,
                                    false,
                                    false,
                                    Optional.of(new Claim.Checkout("feature/x", true)))),
                    new Activity(MORNING.plusSeconds(1800), "up"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(Path.of("/srv/guestbook/.fairlead/worktrees/ai-3")),
                    Optional.of("2 files were changed"),
                    new TreeMap<>(Map.of("web", "http://127.0.0.1:24179")));
    static final Verdict STAYS = Verdict.of(SLOT, RANGE, MORNING.plusSeconds(3600));
    static final Verdict GOES = new Verdict.Goes("idle for 9h, longer than 8h");

    private SampleSlots() {}
}
