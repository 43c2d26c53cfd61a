package dev.fairlead.migrate.lint;

import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.ObjectName;
import dev.fairlead.migrate.sql.Token;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What is known of the schema at a statement: the live database, what ran before, and what the pending migrations have
/// made until here.
///
/// A name without a schema is in `public`, or else it is the one table of that name that the plan has made: a search path
/// is not followed.
final class Known {
    private final LiveFacts live;
    private final Set<String> made = new HashSet<>();
    private final Set<String> madeNames = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private final Set<String> partitioned = new HashSet<>();
    private final Map<String, Map<String, ColumnType>> types = new HashMap<>();
    private final Set<String> neverNull = new HashSet<>();
    private final Map<String, String> checks = new HashMap<>();
    private final Set<String> checked = new HashSet<>();
    private final Map<String, ObjectName> indexes = new HashMap<>();
    private final Set<String> madeObjects = new HashSet<>();

    Known(LiveFacts live) {
        this.live = live;
    }

    String key(ObjectName name) {
        return name.schema().orElse("public") + "." + name.name();
    }

    /// Whether the table was there before the pending migrations, so that others read and write it.
    boolean stands(ObjectName table) {
        if (isMade(table)) {
            return false;
        }
        return !live.known() || size(table).isPresent();
    }

    private boolean isMade(ObjectName table) {
        return made.contains(key(table))
                || (table.schema().isEmpty() && madeNames.contains(table.name()));
    }

    Optional<LiveFacts.Table> size(ObjectName table) {
        var exact = live.tables().get(key(table));
        if (exact != null || table.schema().isPresent()) {
            return Optional.ofNullable(exact);
        }
        return live.tables().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("." + table.name()))
                .map(Map.Entry::getValue)
                .max(java.util.Comparator.comparingLong(LiveFacts.Table::bytes));
    }

    LiveFacts live() {
        return live;
    }

    Optional<ColumnType> type(ObjectName table, String column) {
        var here = types.getOrDefault(key(table), Map.of()).get(column);
        return here != null
                ? Optional.of(here)
                : size(table)
                        .flatMap(facts -> Optional.ofNullable(facts.columns().get(column)))
                        .map(facts -> ColumnType.of(facts.type()));
    }

    /// Whether a NOT NULL or a valid CHECK already says that no row has NULL there.
    boolean neverNull(ObjectName table, String column) {
        return neverNull.contains(key(table) + "." + column)
                || size(table)
                        .flatMap(facts -> Optional.ofNullable(facts.columns().get(column)))
                        .map(LiveFacts.Column::neverNull)
                        .orElse(false);
    }

    boolean isPartitioned(ObjectName table) {
        return partitioned.contains(key(table));
    }

    /// The table of an index that the plan has made; empty when it is not known.
    Optional<ObjectName> tableOf(ObjectName index) {
        return Optional.ofNullable(indexes.get(index.name()));
    }

    /// Whether the plan has made the view, function, type … itself.
    boolean hasMade(ObjectName object) {
        return madeObjects.contains(object.name());
    }

    boolean hasMadeNamed(String name) {
        return madeNames.contains(name) || madeObjects.contains(name);
    }

    /// Whether the plan has added a CHECK to the table and seen it hold.
    boolean hasCheck(ObjectName table) {
        return checked.contains(key(table));
    }

    /// What ran before is everybody's: from now on its tables stand.
    void settle() {
        made.clear();
        madeNames.clear();
        madeObjects.clear();
    }

    /// Takes over what the statement does.
    void take(Facts facts) {
        for (var effect : Site.own(facts)) {
            take(effect, facts);
        }
    }

    private void take(Effect effect, Facts facts) {
        switch (effect) {
            case Effect.CreateTable create -> makeTable(create, facts);
            case Effect.DropTable(var table, _) -> dropTable(table);
            case Effect.RenameTable(var table, var to) -> rename(table, to);
            case Effect.CreateIndex(var name, var table, _, _, _) ->
                    name.ifPresent(index -> indexes.put(index.name(), table));
            case Effect.Create(_, var name, var orReplace, _) -> {
                if (!orReplace) {
                    madeObjects.add(name.name());
                }
            }
            case Effect.CreateType(var name, _) -> madeObjects.add(name.name());
            default -> takeColumn(effect, facts);
        }
    }

    /// What changes a column or says something of its values; of anything else nothing needs to be known later.
    private void takeColumn(Effect effect, Facts facts) {
        switch (effect) {
            case Effect.AddColumn(var table, var column, var type, var notNull, _, _, _) -> {
                columns(table).put(column, ColumnType.of(type));
                if (notNull) {
                    neverNull.add(key(table) + "." + column);
                }
            }
            case Effect.ChangeType(var table, var column, var type, _) ->
                    columns(table).put(column, ColumnType.of(type));
            case Effect.RenameColumn(var table, var column, var to) -> {
                var type = columns(table).remove(column);
                if (type != null) {
                    columns(table).put(to, type);
                }
            }
            case Effect.SetNotNull(var table, var column) ->
                    neverNull.add(key(table) + "." + column);
            case Effect.DropNotNull(var table, var column) ->
                    neverNull.remove(key(table) + "." + column);
            case Effect.AddConstraint constraint -> {
                if (constraint.kind() == Effect.Constraint.CHECK) {
                    check(constraint, facts);
                }
            }
            case Effect.ValidateConstraint(var table, var name) -> validated(table, name);
            default -> {}
        }
    }

    private Map<String, ColumnType> columns(ObjectName table) {
        return types.computeIfAbsent(key(table), _ -> new HashMap<>());
    }

    private void validated(ObjectName table, String constraint) {
        var column = checks.get(key(table) + "." + constraint);
        if (column != null) {
            checked.add(key(table));
            neverNull.add(key(table) + "." + column);
        }
    }

    private void makeTable(Effect.CreateTable create, Facts facts) {
        var key = key(create.table());
        if (create.ifNotExists() && live.tables().containsKey(key) && !gone.contains(key)) {
            return; // it is there already, and stays what it is
        }
        made.add(key);
        madeNames.add(create.table().name());
        var columns = columns(create.table());
        for (var column : TableColumns.of(facts.statement().tokens())) {
            columns.put(column.name().value(), column.type());
            if (column.isNotNull()) {
                neverNull.add(key + "." + column.name().value());
            }
        }
        if (Words.find(facts.statement().tokens(), 0, "partition", "by") >= 0) {
            partitioned.add(key);
        }
    }

    private void dropTable(ObjectName table) {
        made.remove(key(table));
        madeNames.remove(table.name());
        types.remove(key(table));
        gone.add(key(table));
    }

    private void rename(ObjectName table, String to) {
        var renamed = new ObjectName(table.schema(), to);
        var columns = types.remove(key(table));
        if (columns != null) {
            types.put(key(renamed), columns);
        }
        if (isMade(table)) {
            made.remove(key(table));
            madeNames.remove(table.name());
            made.add(key(renamed));
            madeNames.add(to);
        }
    }

    /// Remembers a CHECK; after a valid `CHECK (column IS NOT NULL)` SET NOT NULL looks at no row.
    private void check(Effect.AddConstraint constraint, Facts facts) {
        var table = key(constraint.table());
        var column = notNullColumn(facts);
        if (!constraint.notValid()) {
            checked.add(table);
            column.ifPresent(name -> neverNull.add(table + "." + name));
        }
        constraint.name().ifPresent(name -> checks.put(table + "." + name, column.orElse("")));
    }

    private static Optional<String> notNullColumn(Facts facts) {
        var tokens = facts.statement().tokens();
        int at = Words.find(tokens, 0, "is", "not", "null");
        if (at < 2
                || !Words.isName(tokens.get(at - 1))
                || !Words.at(tokens, at - 2, "(")
                || !Words.at(tokens, at + 3, ")")) {
            return Optional.empty();
        }
        return Optional.of(tokens.get(at - 1)).map(Token::value);
    }

    /// ` (12,345,678 rows, 4.2 GiB)`, or nothing when nobody knows.
    String figures(ObjectName table) {
        return size(table)
                .map(facts ->
                        String.format(
                                Locale.ROOT, " (%,d rows, %s)", facts.rows(), bytes(facts.bytes())))
                .orElse("");
    }

    private static String bytes(long bytes) {
        var units = new String[] {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, units[unit]);
    }
}
