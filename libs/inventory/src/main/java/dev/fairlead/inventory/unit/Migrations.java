package dev.fairlead.inventory.unit;

import dev.fairlead.diagnostic.Marked;
import java.time.Duration;

/// Which database a unit of the stage migrations migrates, and from which files.
///
/// @param owner the service that owns the schema
/// @param unit the unit that the database lives in
/// @param database its name in the stack; the target may have made it under another
/// @param source the folder of the files, relative to the root of the stack, with `/` between its parts
/// @param url how units of the environment reach it, with user and password
/// @param timeout how long a run may take
public record Migrations(
        UnitName owner,
        UnitName unit,
        String database,
        String source,
        Marked url,
        Duration timeout) {}
