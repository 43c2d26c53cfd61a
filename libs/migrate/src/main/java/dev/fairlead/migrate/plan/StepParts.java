package dev.fairlead.migrate.plan;

import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.Groups;
import dev.fairlead.migrate.sql.Groups.Group;
import dev.fairlead.migrate.sql.Groups.Run;
import dev.fairlead.migrate.sql.SqlText;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/// The parts in which a step runs that no single transaction holds. Where the step wants to be in a transaction, as much
/// as possible stays together; where it does not, every query is its own part, as it is its own transaction for psql and
/// goose.
public final class StepParts {
    private StepParts() {}

    /// @param together whether the step wants to be in a transaction
    /// @param facts of the text's statements
    public static List<Group> of(boolean together, SqlText sql, List<Facts> facts) {
        var groups = Groups.of(facts);
        if (together) {
            return groups;
        }
        var queries = queries(sql);
        var parts = new ArrayList<Group>();
        for (var group : groups) {
            if (group.run() == Run.ONE_TRANSACTION) {
                parts.addAll(apart(group, queries));
            } else {
                parts.add(group);
            }
        }
        return parts;
    }

    private static IdentityHashMap<Object, Integer> queries(SqlText sql) {
        var queries = new IdentityHashMap<Object, Integer>();
        for (int i = 0; i < sql.queries().size(); i++) {
            for (var statement : sql.queries().get(i).statements()) {
                queries.put(statement, i);
            }
        }
        return queries;
    }

    private static List<Group> apart(Group group, IdentityHashMap<Object, Integer> queries) {
        var parts = new ArrayList<Group>();
        var open = new ArrayList<Facts>();
        int last = -1;
        for (var facts : group.statements()) {
            int query = queries.getOrDefault(facts.statement(), -1);
            if (!open.isEmpty() && query != last) {
                parts.add(new Group(Run.ONE_TRANSACTION, open, Optional.empty()));
                open.clear();
            }
            open.add(facts);
            last = query;
        }
        parts.add(new Group(Run.ONE_TRANSACTION, open, Optional.empty()));
        return parts;
    }
}
