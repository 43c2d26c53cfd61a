package dev.fairlead.migrate.store;

import java.sql.SQLException;

/// One of several statements that were sent together failed; those after it were not run.
public final class BatchFailure extends Exception {
    private final int index;
    private final SQLException error;

    BatchFailure(int index, SQLException error) {
        super(error);
        this.index = index;
        this.error = error;
    }

    /// The statement's index in what was sent, or -1 where nobody knows.
    public int index() {
        return index;
    }

    /// What the server said.
    public SQLException error() {
        return error;
    }
}
