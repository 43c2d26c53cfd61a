package dev.fairlead.migrate.lint;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.sql.Classifier;
import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.ObjectName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What a migration means for code that was made for the schema before it.
///
/// @param contracts why it is a contract step: what such code may still use, in the order of the file
public record Compatibility(Phase phase, List<Reason> contracts) {
    /// @param what `column users.mail is dropped`
    /// @param takesAway whether a table or a column is gone afterwards, by that name; else something is forbidden
    public record Reason(Place place, String what, boolean takesAway) {}

    public Compatibility {
        contracts = List.copyOf(contracts);
    }

    /// For each migration, in the order given. What an earlier one of the list makes may be changed by a later one: no
    /// older code knows it. What programs, addresses and people do is not looked at.
    public static Map<MigrationKey, Compatibility> of(List<Migration> pending) {
        return of(pending, LiveFacts.NONE);
    }

    /// The same, knowing which tables there are: what is not there, nobody uses.
    public static Map<MigrationKey, Compatibility> of(List<Migration> pending, LiveFacts live) {
        var known = new Known(live);
        var result = new LinkedHashMap<MigrationKey, Compatibility>();
        for (var migration : pending) {
            result.put(migration.key(), of(migration, known));
        }
        return result;
    }

    private static Compatibility of(Migration migration, Known known) {
        var reasons = new ArrayList<Reason>();
        boolean expands = false;
        for (Step step : migration.up()) {
            for (var texts : StepTexts.of(step)) {
                for (var statement : texts.sql().statements()) {
                    var facts = Classifier.classify(statement);
                    for (var effect : Site.own(facts)) {
                        contracts(effect, known)
                                .ifPresent(what ->
                                        reasons.add(
                                                new Reason(
                                                        statement.place(),
                                                        what,
                                                        takesAway(effect))));
                        expands |= expands(effect);
                    }
                    revoked(facts)
                            .ifPresent(what ->
                                    reasons.add(new Reason(statement.place(), what, false)));
                    known.take(facts);
                }
            }
        }
        var phase = !reasons.isEmpty() ? Phase.CONTRACT : expands ? Phase.EXPAND : Phase.NEUTRAL;
        return new Compatibility(phase, reasons);
    }

    private static boolean takesAway(Effect effect) {
        return switch (effect) {
            case Effect.DropTable _,
                    Effect.RenameTable _,
                    Effect.DropColumn _,
                    Effect.RenameColumn _ ->
                    true;
            default -> false;
        };
    }

    private static Optional<String> revoked(Facts facts) {
        return facts.statement().tokens().getFirst().is("revoke")
                ? Optional.of("a right is revoked")
                : Optional.empty();
    }

    private static Optional<String> contracts(Effect effect, Known known) {
        return switch (effect) {
            case Effect.DropTable(var table, _) -> standing(known, table, "table %s is dropped");
            case Effect.RenameTable(var table, _) -> standing(known, table, "table %s is renamed");
            case Effect.CreateIndex index ->
                    index.unique()
                            ? standing(known, index.table(), "%s gets a unique index")
                            : Optional.empty();
            case Effect.AddConstraint constraint ->
                    constraint.kind() == Effect.Constraint.PRIMARY_KEY
                            ? Optional.empty()
                            : standing(known, constraint.table(), "%s gets a constraint");
            case Effect.Drop(var what, var name, _, _) ->
                    known.hasMade(name) || isInner(what)
                            ? Optional.empty()
                            : Optional.of(
                                    what.toLowerCase(Locale.ROOT) + " " + name + " is dropped");
            default -> columnContracts(effect, known);
        };
    }

    private static Optional<String> columnContracts(Effect effect, Known known) {
        return switch (effect) {
            case Effect.DropColumn(var table, var column, _) ->
                    standing(known, table, "column %s." + column + " is dropped");
            case Effect.RenameColumn(var table, var column, _) ->
                    standing(known, table, "column %s." + column + " is renamed");
            case Effect.ChangeType(var table, var column, var type, var using) -> {
                var to = ColumnType.of(type);
                boolean grows =
                        !using
                                && known.type(table, column)
                                        .map(from -> from.widensTo(to))
                                        .orElse(false);
                yield grows
                        ? Optional.empty()
                        : standing(known, table, "column %s." + column + " gets another type");
            }
            case Effect.SetNotNull(var table, var column) ->
                    standing(known, table, "column %s." + column + " takes no NULL any more");
            case Effect.AddColumn add ->
                    add.notNull() && !add.hasDefault() && !ColumnType.of(add.type()).isSerial()
                            ? standing(
                                    known,
                                    add.table(),
                                    "every INSERT into %s must give " + add.column() + " a value")
                            : Optional.empty();
            default -> Optional.empty();
        };
    }

    /// What no code names: it may go without anybody noticing.
    private static boolean isInner(String what) {
        return switch (what) {
            case "TRIGGER", "RULE", "POLICY", "STATISTICS", "PUBLICATION", "SUBSCRIPTION" -> true;
            default -> false;
        };
    }

    private static Optional<String> standing(Known known, ObjectName table, String what) {
        return known.stands(table) ? Optional.of(what.formatted(table)) : Optional.empty();
    }

    private static boolean expands(Effect effect) {
        return switch (effect) {
            case Effect.CreateTable create -> !create.temporary();
            case Effect.AddColumn _,
                    Effect.AddEnumValue _,
                    Effect.CreateType _,
                    Effect.Create _,
                    Effect.DropNotNull _,
                    Effect.DropConstraint _,
                    Effect.AttachPartition _ ->
                    true;
            default -> false;
        };
    }
}
