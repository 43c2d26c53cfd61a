package dev.fairlead.migrate.execute;

import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.migrate.MigrateEvent;
import dev.fairlead.migrate.plan.PlannedStep;
import dev.fairlead.migrate.sql.Groups.Group;
import dev.fairlead.migrate.sql.aftermath.Aftermath;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a statement outside of a transaction left when it did not come to its end.
final class Carcass {
    private static final Duration BUSY_PAUSE = Duration.ofMillis(200);
    private static final int MOST_LOOKS = 300;

    private final Scene scene;
    private final PlannedStep step;
    private final List<Aftermath> questions;

    private Carcass(Scene scene, PlannedStep step, List<Aftermath> questions) {
        this.scene = scene;
        this.step = step;
        this.questions = questions;
    }

    static Carcass of(Scene scene, PlannedStep step, Group group) {
        return new Carcass(
                scene,
                step,
                group.statements().stream()
                        .flatMap(facts -> facts.effects().stream())
                        .map(Aftermath::of)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /// Asks the catalogue and removes what is half done.
    ///
    /// @return whether all of the statement has happened, so that it need not run
    boolean clear() throws SQLException, InterruptedException {
        if (questions.isEmpty()) {
            return false;
        }
        boolean done = true;
        for (var question : questions) {
            done &= clear(question);
        }
        return done;
    }

    private boolean clear(Aftermath question) throws SQLException, InterruptedException {
        for (int look = 0; look < MOST_LOOKS; look++) {
            var row = scene.session().query(question.sql()).getFirst();
            var state = Aftermath.State.valueOf(String.valueOf(row.get(0)));
            switch (state) {
                case MISSING -> {
                    return false;
                }
                case DONE -> {
                    return true;
                }
                case HALF -> run(String.valueOf(row.get(1)));
                case BUSY -> Ticker.SYSTEM.pause(BUSY_PAUSE);
            }
        }
        throw new SQLException(
                "the catalogue goes on giving an answer that leads nowhere: " + question.meaning(),
                "55000");
    }

    private void run(String statement) throws SQLException {
        scene.session().execute(scene.session().settings(Duration.ZERO, Duration.ZERO, false));
        scene.session().execute(statement);
        scene.session()
                .execute(
                        scene.session()
                                .settings(
                                        scene.options().lockTimeout(),
                                        step.step().header().timeout().orElse(Duration.ZERO),
                                        false));
        scene.tell(new MigrateEvent.Noted(step, "cleared what was half done: " + statement));
    }
}
