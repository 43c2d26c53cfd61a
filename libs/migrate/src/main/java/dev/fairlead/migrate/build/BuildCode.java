package dev.fairlead.migrate.build;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// Why no script can be built.
public enum BuildCode implements Code {
    CANNOT_BUILD(
            Kind.USER,
            "A step cannot be written as a psql script: a backfill, a program, a file that is fetched.",
            "Run this migration with fairlead migrate up; or write the step as SQL.");

    private final Kind kind;
    private final String meaning;
    private final String remedy;

    BuildCode(Kind kind, String meaning, String remedy) {
        this.kind = kind;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
