package dev.fairlead.migrate.source;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What can be wrong with a folder of migrations and the files in it.
public enum SourceCode implements Code {
    MIGRATIONS_NOT_FOUND(
            "There is no folder where migrations were looked for.",
            "Correct the path of the folder, or make it: fairlead migrate create writes the first file."),
    FILE_UNREADABLE(
            "A file is missing or cannot be read as a text in UTF-8.",
            "Correct the path; it is relative to the folder of the file that names it."),
    OUTSIDE_FOLDER(
            "A path, or a link, leaves the folder of the migrations.",
            "Keep the file inside the folder; nothing outside it is read.");

    private final String meaning;
    private final String remedy;

    SourceCode(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public Kind kind() {
        return Kind.USER;
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
