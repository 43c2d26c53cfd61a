package dev.fairlead.migrate.sql;

/// The modes in which a table is locked, weakest first (PostgreSQL documentation, 13.3.1).
public enum LockMode {
    ACCESS_SHARE,
    ROW_SHARE,
    ROW_EXCLUSIVE,
    SHARE_UPDATE_EXCLUSIVE,
    SHARE,
    SHARE_ROW_EXCLUSIVE,
    EXCLUSIVE,
    ACCESS_EXCLUSIVE;

    /// Whether others can still write rows while it is held.
    public boolean letsWrite() {
        return compareTo(SHARE) < 0;
    }

    /// Whether others can still read rows while it is held.
    public boolean letsRead() {
        return this != ACCESS_EXCLUSIVE;
    }

    /// As PostgreSQL writes it: `ACCESS EXCLUSIVE`.
    @Override
    public String toString() {
        return name().replace('_', ' ');
    }
}
