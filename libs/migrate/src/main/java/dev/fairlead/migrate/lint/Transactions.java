package dev.fairlead.migrate.lint;

import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.Facts.InTransaction;
import dev.fairlead.migrate.sql.SqlText;
import dev.fairlead.migrate.sql.Statement;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which statements of a step share a transaction: all of them, or those between BEGIN and COMMIT, or those that are sent
/// as one query.
final class Transactions {
    private static final Set<String> BEGINS = Set.of("BEGIN", "START TRANSACTION");
    private static final Set<String> ENDS =
            Set.of("COMMIT", "END", "ROLLBACK", "ABORT", "PREPARE TRANSACTION");

    private final boolean transactional;
    private Transaction current;
    private @Nullable Statement begin;

    Transactions(StepTexts texts) {
        transactional = texts.transactional();
        current = new Transaction(transactional, transactional);
    }

    void begin(SqlText.Query query) {
        if (!transactional && begin == null) {
            current = new Transaction(query.statements().size() > 1, false);
        }
    }

    /// The transaction that a statement runs in.
    Transaction of(Facts facts) {
        if (begin != null && facts.inTransaction() == InTransaction.CONTROLS) {
            return new Transaction(false, false);
        }
        return current;
    }

    void after(Facts facts) {
        if (transactional || facts.inTransaction() != InTransaction.CONTROLS) {
            return;
        }
        if (BEGINS.contains(facts.command())) {
            begin = facts.statement();
            current = new Transaction(true, false);
        } else if (ENDS.contains(facts.command())) {
            begin = null;
            current = new Transaction(false, false);
        }
    }

    /// The BEGIN that nothing ended.
    Optional<Statement> open() {
        return Optional.ofNullable(begin);
    }
}
