package dev.fairlead.migrate.lint;

import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.sql.SqlText;
import java.util.List;

/// The statements of a step that a rule looks at. A backfill's statement runs in batches of its own, an address is not
/// read, programs and people have none.
///
/// @param transactional whether all of them run in one transaction
record StepTexts(SqlText sql, boolean transactional) {
    static List<StepTexts> of(Step step) {
        return switch (step) {
            case Step.Schema(_, var sql, var transactional) ->
                    List.of(new StepTexts(sql, transactional));
            case Step.Data(_, Script.Inline(var sql, var transactional)) ->
                    List.of(new StepTexts(sql, transactional));
            case Step.Data(_, Script.File(_, var sql, var transactional)) ->
                    List.of(new StepTexts(sql, transactional));
            case Step.Data _, Step.Validation _ -> List.of();
        };
    }
}
