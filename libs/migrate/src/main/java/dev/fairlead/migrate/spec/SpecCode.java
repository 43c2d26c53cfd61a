package dev.fairlead.migrate.spec;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What can be wrong with a MigrationSpec, beyond what every document may have wrong.
public enum SpecCode implements Code {
    SPEC_NAME(
            "A spec does not say its name once: name and key are one key with two spellings, and one of them is required.",
            "Write meta.name, or give key the same value."),
    SPEC_VERSION(
            "A version is not one of semver.org 2.0.0.",
            "Write 1, 1.2, 1.2.3 or 1.2.3-beta.1; build metadata (+…) is not allowed."),
    SPEC_DEPENDENCY(
            "A dependency is not a migration's key, with @>=VERSION where a version matters.",
            "Write core.db.2025_01_add_users, or core.db.2025_01_add_users@>=2."),
    SPEC_NO_STEP(
            "A spec has no step to run: plan.up is empty.",
            "Add a step to plan.up; a migration that does nothing is no migration."),
    SPEC_WRONG_KIND(
            "A step has a key that belongs to a step of another kind.",
            "A schema step has sql, a data step script, a validation step assertion."),
    SPEC_SQL(
            "A text is not the SQL that is wanted at its place: it is empty, or has more than one statement where one is asked.",
            "Write one statement; a check or an assertion is one query or one expression."),
    SPEC_NEEDS_TRANSACTIONAL_FALSE(
            "A statement cannot run in a transaction, and its step does not say transactional: false.",
            "Say transactional: false in the step, best with this statement alone in it; when it may run twice, say idempotent: true too."),
    SPEC_TRANSACTIONAL(
            "A step says transactional: true and is of a sort that runs in no transaction.",
            "Remove the key; only sql, file and url scripts and schema steps run in a transaction."),
    SPEC_RETRIES(
            "A step asks for retries, but after a failure it is not rolled back, nor marked idempotent: what ran before would run twice.",
            "Say idempotent: true when it may run twice, or leave retries out."),
    SPEC_SCRIPT(
            "A script is none of the forms that a data step takes, or more than one of them.",
            "Write one of sql, file, url with sha256, exec, backfill or instructions."),
    SPEC_BACKFILL(
            "A backfill cannot be run in batches as it is written.",
            "Write one UPDATE, INSERT or DELETE with :batch in its WHERE, and a key that is unique and never NULL."),
    SPEC_BACKGROUND(
            "One step of several says background: true, and a migration is in the background as a whole.",
            "Move the step into a migration of its own that depends on this one.");

    private final String meaning;
    private final String remedy;

    SpecCode(String meaning, String remedy) {
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
