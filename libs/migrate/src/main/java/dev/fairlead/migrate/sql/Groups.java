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

    /// Statements that run together.
    ///
    /// @param reason why a new group begins here; empty for the first
    public record Group(Run run, List<Facts> statements, Optional<String> reason) {
        public Group {
            statements = List.copyOf(statements);
        }
    }

    /// The groups in the order of the text; each statement is in exactly one.
    public static List<Group> of(List<Facts> statements) {
        var cutter = new Cutter();
        statements.forEach(cutter::add);
        return cutter.done();
    }

    private static final class Cutter {
        private final List<Group> groups = new ArrayList<>();
        private final List<Facts> open = new ArrayList<>();
        private final Set<String> addedValues = new HashSet<>();
        private Run run = Run.ONE_TRANSACTION;
        private Optional<String> reason = Optional.empty();

        void add(Facts facts) {
            if (run == Run.OWN_TRANSACTION && !open.isEmpty()) {
                open.add(facts);
                if (endsBlock(facts)) {
                    close();
                }
                return;
            }
            if (facts.inTransaction() == InTransaction.YES) {
                plain(facts);
            } else {
                close();
                boolean begins = beginsBlock(facts);
                start(begins ? Run.OWN_TRANSACTION : Run.ALONE, why(facts, begins));
                open.add(facts);
                if (!begins) {
                    close();
                }
            }
        }

        private void plain(Facts facts) {
            var used = EnumValues.used(facts, addedValues);
            if (used.isPresent()) {
                close();
                reason =
                        Optional.of(
                                "%s uses the enum value '%s', which the group before adds: a new value can be used once its transaction has committed"
                                        .formatted(facts.command(), used.get()));
            } else if (open.isEmpty() && !groups.isEmpty()) {
                var before = groups.getLast().statements().getLast();
                reason = Optional.of("a new transaction begins after " + before.command());
            }
            run = Run.ONE_TRANSACTION;
            open.add(facts);
            addedValues.addAll(EnumValues.added(facts));
        }

        private void start(Run next, String why) {
            run = next;
            reason = groups.isEmpty() ? Optional.empty() : Optional.of(why);
        }

        private static String why(Facts facts, boolean begins) {
            if (begins) {
                return facts.command() + " begins a transaction of the text's own";
            }
            return switch (facts.inTransaction()) {
                case REFUSED -> facts.command() + " cannot run inside a transaction block";
                case MAY_COMMIT ->
                        facts.command()
                                + " may commit, which it can only outside of a transaction block";
                case CONTROLS, YES -> facts.command() + " stands alone";
            };
        }

        private static boolean beginsBlock(Facts facts) {
            return facts.command().equals("BEGIN") || facts.command().equals("START TRANSACTION");
        }

        private static boolean endsBlock(Facts facts) {
            return facts.inTransaction() == InTransaction.CONTROLS
                    && EnumValues.ENDS.contains(facts.command());
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

        List<Group> done() {
            close();
            return List.copyOf(groups);
        }
    }
}
