package dev.fairlead.migrate.lock;

/// Who may work beside whom: one migrator in each lane of a database.
public enum Lane {
    /// What everybody waits for.
    MAIN("main", 0),
    /// Background migrations.
    BACKGROUND("background", 2);

    /// `fairlead` in ASCII; advisory locks have one space of numbers per database.
    private static final long FIRST_KEY = 0x666169726c656164L;

    private final String word;
    private final long offset;

    Lane(String word, long offset) {
        this.word = word;
        this.offset = offset;
    }

    /// As the table of turns has it.
    public String word() {
        return word;
    }

    /// The advisory lock of the one whose turn it is.
    public long turnKey() {
        return FIRST_KEY + offset;
    }

    /// The advisory lock of the connection that changes things: while a statement of a dead migrator still ends, its
    /// successor waits.
    public long workKey() {
        return FIRST_KEY + offset + 1;
    }
}
