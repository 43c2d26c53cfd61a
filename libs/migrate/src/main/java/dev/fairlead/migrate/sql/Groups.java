package dev.fairlead.migrate.sql;

import dev.fairlead.migrate.sql.Facts.InTransaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Cuts a text that mixes what may and what may not stand in a transaction into groups that are safe to run one after the
/// other.
public final class Groups {
    private Groups() {}

    /// How the statements of a group run.
    public enum Run {
        /// All of them in one transaction, with the row of the history.
        ONE_TRANSACTION,
        /// One statement, outside of any transaction block.
        ALONE,
        /// The text begins and ends its transaction itself: one statement after the other on one connection, outside of
        /// any other transaction.
        OWN_TRANSACTION
    }

    /// Statements that run together. A group of the kind {@link Run#OWN_TRANSACTION} whose last statement ends no transaction
    /// leaves it open at the end of the text.
    ///
    /// @param reason why a new group begins here; empty for the first
    public record Group(Run run, List<Facts> statements, Optional<String> reason) {
        public Group {
            statements = List.copyOf(statements);
        }
    }

    /// Cuts at what may not stand in a transaction, around a BEGIN … COMMIT of the text itself, and before the use of an
    /// enum value that was added in the same group. The groups are in the order of the text; each statement is in exactly one.
    public static List<Group> of(List<Facts> statements) {
        var cutter = new Cutter();
        statements.forEach(cutter::add);
        return cutter.done();
    }

    private static final class Cutter {
        private static final Set<String> ENDS =
                Set.of("COMMIT", "END", "ROLLBACK", "ABORT", "PREPARE TRANSACTION");

        private final List<Group> groups = new ArrayList<>();
        private final List<Facts> open = new ArrayList<>();
        private final Set<String> addedValues = new HashSet<>();
        private Run run = Run.ONE_TRANSACTION;
        private Optional<String> reason = Optional.empty();

        void add(Facts facts) {
            if (run == Run.OWN_TRANSACTION) {
                open.add(facts);
                if (ends(facts)) {
                    close();
                }
            } else if (facts.inTransaction() == InTransaction.YES) {
                together(facts);
            } else {
                close();
                boolean begins = begins(facts);
                begin(begins ? Run.OWN_TRANSACTION : Run.ALONE, why(facts, begins));
                open.add(facts);
                if (!begins) {
                    close();
                }
            }
        }

        private void together(Facts facts) {
            var used = EnumValues.used(facts, addedValues);
            if (used.isPresent()) {
                close();
                begin(
                        Run.ONE_TRANSACTION,
                        "%s uses the enum value '%s', which the group before adds: it can be used once that has been committed"
                                .formatted(facts.command(), used.get()));
            } else if (open.isEmpty() && !groups.isEmpty()) {
                var before = groups.getLast().statements().getLast();
                begin(Run.ONE_TRANSACTION, "a new transaction begins after " + before.command());
            }
            open.add(facts);
            for (var effect : facts.effects()) {
                remember(effect);
            }
        }

        /// Since 17 a value may be used at once when its type was made in the same transaction; 15 and 16 refuse it.
        private void remember(Effect effect) {
            if (effect instanceof Effect.AddEnumValue added) {
                addedValues.add(added.value());
            }
        }

        private void begin(Run next, String why) {
            run = next;
            reason = groups.isEmpty() ? Optional.empty() : Optional.of(why);
        }

        private void close() {
            if (!open.isEmpty()) {
                groups.add(new Group(run, open, reason));
                open.clear();
            }
            addedValues.clear();
            reason = Optional.empty();
            run = Run.ONE_TRANSACTION;
        }

        private static String why(Facts facts, boolean begins) {
            if (begins) {
                return facts.command() + " begins a transaction of the text's own";
            }
            return switch (facts.inTransaction()) {
                case REFUSED -> facts.command() + " cannot run inside a transaction block";
                case MAY_COMMIT ->
                        facts.command()
                                + " may commit, and can only do so outside a transaction block";
                case CONTROLS, YES ->
                        facts.command() + " ends a transaction that this text has not begun";
            };
        }

        private static boolean begins(Facts facts) {
            return facts.command().equals("BEGIN") || facts.command().equals("START TRANSACTION");
        }

        /// With AND CHAIN the next one begins at once.
        private static boolean ends(Facts facts) {
            return facts.inTransaction() == InTransaction.CONTROLS
                    && ENDS.contains(facts.command())
                    && !chains(facts);
        }

        private static boolean chains(Facts facts) {
            var tokens = facts.statement().tokens();
            int last = tokens.size() - 1;
            return last >= 2 && tokens.get(last).is("chain") && tokens.get(last - 1).is("and");
        }

        List<Group> done() {
            close();
            return List.copyOf(groups);
        }
    }
}
