package dev.fairlead.migrate.lint;

import dev.fairlead.diagnostic.Severity;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.ObjectName;
import dev.fairlead.migrate.sql.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A statement where it stands.
///
/// @param transaction the one it runs in; of its own when nothing else does
/// @param known what the statements before it have made
record Site(Where where, Facts facts, Transaction transaction, Known known) {
    /// @param transactional whether the step as a whole is one transaction
    /// @param makes the names of everything that the migration makes anywhere
    record Where(
            Migration migration, int index, Step step, boolean transactional, Set<String> makes) {}

    List<Token> tokens() {
        return facts.statement().tokens();
    }

    boolean stands(ObjectName table) {
        return known.stands(table);
    }

    /// How much a statement weighs that its transaction refuses: the migrator splits its own transaction there, but not
    /// one of the text.
    Severity refusal() {
        return transaction.ofStep() ? Severity.WARNING : Severity.ERROR;
    }

    /// What happens to such a statement.
    String refused() {
        return transaction.ofStep()
                ? "the step is split here, and what ran before it stays when something behind it fails"
                : "the server refuses it";
    }

    /// Names of what the migration makes anywhere: what it drops and makes again stays.
    Set<String> remade() {
        return where.makes();
    }

    boolean has(String... words) {
        return Words.find(tokens(), 0, words) >= 0;
    }

    boolean starts(String... words) {
        return Words.at(tokens(), 0, words);
    }

    <E extends Effect> Stream<E> effects(Class<E> kind) {
        return own(facts).stream().filter(kind::isInstance).map(kind::cast);
    }

    /// The effects on what was there before: the columns and constraints of a new table are not.
    static List<Effect> own(Facts facts) {
        var tables = facts.effects().stream().filter(Effect.CreateTable.class::isInstance).toList();
        return tables.isEmpty() ? facts.effects() : tables;
    }

    /// What is wrong with each effect of a kind; `look` gives an empty list where nothing is.
    <E extends Effect> List<Found> each(Class<E> kind, Function<E, List<Found>> look) {
        var found = new ArrayList<Found>();
        effects(kind).forEach(effect -> found.addAll(look.apply(effect)));
        return found;
    }

    /// One thing that is found when it is so.
    static List<Found> when(boolean so, Supplier<Found> found) {
        return so ? List.of(found.get()) : List.of();
    }
}
