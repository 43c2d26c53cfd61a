package dev.fairlead.migrate;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// Everything that can go wrong between a plan and its database.
public enum MigrateCode implements Code {
    BAD_DATABASE_URL(
            Kind.USER,
            "The address of a database is not one that PostgreSQL's clients understand.",
            "Write it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE, with settings such as sslmode behind a question mark."),
    DATABASE_UNREACHABLE(
            Kind.SURROUNDINGS,
            "The database takes no connection, or a connection to it broke.",
            "See that the server runs, that host, port, user and password are right, and run again: what was done is kept."),
    DATABASE_REFUSED(
            Kind.SURROUNDINGS,
            "The database refuses what the migrator itself needs: its schema, its lock, its settings.",
            "Give the user the right that the message names; the migrator needs CREATE on the database for its schema fairlead."),
    SESSIONS_SHARED(
            Kind.SURROUNDINGS,
            "The way to the database leads through a pooler that gives one session to several clients: nobody can hold a lock there.",
            "Connect to the server itself, or to a pool in session mode."),
    HISTORY_TOO_NEW(
            Kind.USER,
            "The tables of the schema fairlead were made by a newer version of the migrator.",
            "Use the newer version."),
    HISTORY_BROKEN(
            Kind.USER,
            "The chain of the history is broken: a row was changed, removed or put in by hand.",
            "Find out who did it and why; repair with a reason makes the history as it is the valid one."),
    MIGRATION_CHANGED(
            Kind.USER,
            "A migration that has run has another text now.",
            "Put the old text back and write a new migration; or accept the new text with repair and a reason."),
    MIGRATION_OTHER_OWNER(
            Kind.USER,
            "The same files have run in this database under another owner's name, so they would run a second time.",
            "Name the owner that the history has: --owner NAME, or the name of the migrations unit. The history's keys are never renamed."),
    MIGRATION_OUT_OF_ORDER(
            Kind.USER,
            "Migrations would run although later numbers of their folder have run already.",
            "Give them numbers after the last one, or allow it for this run with --allow-out-of-order, which the history records."),
    MIGRATION_UNFINISHED(
            Kind.NOT_READY,
            "A process died while a part that no transaction protects was running, and nobody can ask the database whether it was done.",
            "Look at the database; then repair: the part counts as done, or it runs again."),
    UNKNOWN_MIGRATION(
            Kind.USER,
            "A name is not that of a migration here.",
            "Correct the name: a key, key@version, or the number of a goose file."),
    DOWN_MISSING(
            Kind.USER,
            "A migration has no way back.",
            "Write its down steps, or follow its fallback by hand."),
    DOWN_NEEDED(
            Kind.USER,
            "A migration cannot be undone while one that depends on it is applied.",
            "Undo the dependent one first, or choose a goal that includes it."),
    STEP_FAILED(
            Kind.NOT_READY,
            "The database refused a statement of a step.",
            "Correct the statement; a step in a transaction left nothing behind, any other says what stays."),
    STEP_TIMED_OUT(
            Kind.NOT_READY,
            "A step took longer than it may.",
            "Give it a longer timeoutMs, or split it: a backfill for rows, a concurrent build for indexes."),
    LOCK_NOT_GRANTED(
            Kind.NOT_READY,
            "A step did not get a lock on a table, however often it tried.",
            "See who holds the table (the message names it), run at a quieter time, or allow more attempts."),
    CHECK_FAILED(
            Kind.NOT_READY,
            "A check or an assertion of a step did not give true.",
            "Look at what the check asks; correct the data, the step or the check."),
    DOWNLOAD_FAILED(
            Kind.SURROUNDINGS,
            "The file that a step runs could not be fetched.",
            "See that the address is right and reachable, and that the file is not larger than allowed."),
    DIGEST_DIFFERS(
            Kind.USER,
            "The file that a step runs is not the one whose digest it names.",
            "Find out why it changed; when it is meant to, name its new sha256."),
    PROGRAM_FAILED(
            Kind.NOT_READY,
            "The program of a step ended with an error.",
            "Read its last lines; correct it and run again."),
    MIGRATOR_BUSY(
            Kind.BUSY,
            "Another migrator works on the database.",
            "Wait for it with --wait, or look whether it still does something."),
    MIGRATOR_REPLACED(
            Kind.BUSY,
            "This migrator lost its turn: its connection broke, or another one took over.",
            "Run again: what was done is in the history."),
    PLAN_STALE(
            Kind.BUSY,
            "The plan is not what would run now.",
            "Plan again, and look at the difference."),
    APPROVAL_NEEDED(
            Kind.REFUSED,
            "The plan has migrations that somebody must approve first.",
            "Let an owner approve exactly this plan: fairlead migrate approve."),
    WORK_NEEDED(
            Kind.REFUSED,
            "A step is work for a person, who has not said yet that it is done.",
            "Do what the instructions say, then: fairlead migrate approve --done."),
    SCHEMA_NOT_READY(
            Kind.NOT_READY,
            "The database does not have what the program needs, and the time to wait for it is over.",
            "Run the migrations; the message names those that are missing."),
    INTERRUPTED(
            Kind.INTERRUPTED, "The run was asked to end.", "Run again: it goes on where it was.");

    private final Kind kind;
    private final String meaning;
    private final String remedy;

    MigrateCode(Kind kind, String meaning, String remedy) {
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
