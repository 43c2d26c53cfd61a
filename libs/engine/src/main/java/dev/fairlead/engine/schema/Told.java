package dev.fairlead.engine.schema;

import dev.fairlead.deploy.kind.KindWatch;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.migrate.MigrateEvent;
import dev.fairlead.migrate.MigrateEvents;
import java.util.List;

/// Says in a deploy what a run does: one line a migration, and what takes long.
record Told(KindWatch watch) implements MigrateEvents {
    @Override
    public void happened(MigrateEvent event) {
        switch (event) {
            case MigrateEvent.WaitingForTurn(var holder, var left) ->
                    watch.waits(
                            new Cause(
                                    CauseCode.SCHEMA_LOCKED,
                                    "the database is being migrated by " + holder,
                                    List.of(
                                            "wait for it, at most %s; or end it, when it does nothing any more"
                                                    .formatted(EventText.span(left))),
                                    List.of()));
            case MigrateEvent.Started(var step) -> {
                if (step.index() == 0) {
                    watch.progress("runs " + step.migration().id());
                }
            }
            case MigrateEvent.Planned _, MigrateEvent.Finished _, MigrateEvent.Failed _ -> {}
            case MigrateEvent.Progressed _, MigrateEvent.Noted _, MigrateEvent.Drifted _ ->
                    EventText.of(event).ifPresent(watch::progress);
            case MigrateEvent.Retrying(_, var why, var attempt, _) -> {
                EventText.of(event).ifPresent(watch::progress);
                watch.waits(
                        new Cause(
                                CauseCode.SCHEMA_RETRIED,
                                "%s (attempt %d)".formatted(why, attempt),
                                List.of(
                                        "nothing, when what stands in its way ends by itself; else end it: "
                                                + "`SELECT pg_terminate_backend(PID)`"),
                                List.of()));
            }
        }
    }
}
