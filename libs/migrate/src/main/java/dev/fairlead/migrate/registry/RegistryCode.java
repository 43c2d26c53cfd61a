package dev.fairlead.migrate.registry;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What can be wrong with migrations together.
public enum RegistryCode implements Code {
    NO_MIGRATIONS(
            "A folder of migrations has none.",
            "Correct the path of the folder, or write the first one: fairlead migrate create."),
    DUPLICATE_MIGRATION(
            "Two migrations have one key and one version; 1, 1.0 and 1.0.0 are one version.",
            "Give one of the two another name, or a higher version."),
    UNKNOWN_MIGRATION(
            "A name is not that of a migration, or the version is not there.",
            "Correct the name; the message names the nearest."),
    UNRESOLVED_DEPENDENCY(
            "A migration depends on one that is not there, or not in a version that is high enough.",
            "Correct the key, add the folder that has the migration, or ask for a lower version."),
    DEPENDENCY_CYCLE(
            "Migrations depend on each other in a circle, so that none of them can be the first.",
            "Remove one of the dependencies of the circle, or split a migration in two.");

    private final String meaning;
    private final String remedy;

    RegistryCode(String meaning, String remedy) {
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
