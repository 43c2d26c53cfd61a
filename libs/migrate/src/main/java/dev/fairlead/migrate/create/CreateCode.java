package dev.fairlead.migrate.create;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What can be wrong when a migration is drafted.
public enum CreateCode implements Code {
    CREATE_NAME(
            "A name has no letter and no digit to make a file's name of, or is no migration's name.",
            "Say in a few words what the migration does: add_users, or core.db.add_users for a spec.",
            Kind.USER),
    CREATE_EXISTS(
            "There is a file of the name already; nothing is ever written over a file.",
            "Choose another name, or edit the file that is there.",
            Kind.USER),
    CREATE_FAILED(
            "The file cannot be written.",
            "See to the folder's rights and to the room on the disk.",
            Kind.SURROUNDINGS);

    private final String meaning;
    private final String remedy;
    private final Kind kind;

    CreateCode(String meaning, String remedy, Kind kind) {
        this.meaning = meaning;
        this.remedy = remedy;
        this.kind = kind;
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
