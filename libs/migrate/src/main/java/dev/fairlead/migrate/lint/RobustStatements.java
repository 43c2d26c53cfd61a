package dev.fairlead.migrate.lint;

import dev.fairlead.migrate.sql.Effect;
import java.util.List;

/// Statements outside a transaction that cannot run twice. The migrator itself asks the catalogue what happened; other
/// tools that run the same files do not.
final class RobustStatements {
    private RobustStatements() {}

    static List<Found> look(Site site) {
        if (site.transaction().shared()) {
            return List.of();
        }
        for (var effect : Site.own(site.facts())) {
            var missing = missing(effect);
            if (!missing.isEmpty()) {
                return List.of(
                        Found.of(
                                "without %s a second run fails here when a later statement of this step has failed"
                                        .formatted(missing),
                                "write " + missing));
            }
        }
        return List.of();
    }

    private static String missing(Effect effect) {
        boolean guarded =
                switch (effect) {
                    case Effect.CreateTable create -> create.ifNotExists() || create.temporary();
                    case Effect.CreateIndex create -> create.ifNotExists();
                    case Effect.AddColumn add -> add.ifNotExists();
                    case Effect.AddEnumValue add -> add.ifNotExists();
                    case Effect.Create create -> create.ifNotExists() || create.orReplace();
                    case Effect.DropTable drop -> drop.ifExists();
                    case Effect.DropIndex drop -> drop.ifExists();
                    case Effect.DropColumn drop -> drop.ifExists();
                    case Effect.DropConstraint drop -> drop.ifExists();
                    case Effect.Drop drop -> drop.ifExists();
                    default -> true;
                };
        if (guarded) {
            return "";
        }
        return switch (effect) {
            case Effect.DropTable _,
                    Effect.DropIndex _,
                    Effect.DropColumn _,
                    Effect.DropConstraint _,
                    Effect.Drop _ ->
                    "IF EXISTS";
            default -> "IF NOT EXISTS";
        };
    }
}
