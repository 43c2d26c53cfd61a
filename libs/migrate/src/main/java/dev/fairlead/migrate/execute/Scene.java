package dev.fairlead.migrate.execute;

import dev.fairlead.migrate.MigrateEvent;
import dev.fairlead.migrate.MigrateEvents;
import dev.fairlead.migrate.MigrateOptions;
import dev.fairlead.migrate.history.History;
import dev.fairlead.migrate.lock.Turn;
import dev.fairlead.migrate.store.Database;
import dev.fairlead.migrate.store.HistoryWriter;
import dev.fairlead.migrate.store.Session;

/// What every sort of work needs.
///
/// @param session the one that works
/// @param history as it was when the turn began
record Scene(
        Database database,
        Session session,
        Turn turn,
        Watch watch,
        HistoryWriter writer,
        History history,
        MigrateOptions options,
        MigrateEvents events) {
    void tell(MigrateEvent event) {
        events.happened(event);
    }
}
