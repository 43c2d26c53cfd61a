-- What a database was when the last run ended; made where it is not there, also beside tables of an older version.
CREATE TABLE IF NOT EXISTS fairlead.migration_state (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    rows bigint NOT NULL,    -- of the history at that moment: when it has more by now, this is over
    files text,              -- digest of the files for which nothing at all was left to do; null when something was
    digest text NOT NULL,    -- of the schema
    objects jsonb NOT NULL,  -- the schema itself, so that a difference can be shown
    taken timestamptz NOT NULL
);
