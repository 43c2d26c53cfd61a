package dev.fairlead.deploy;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What can be wrong with a deploy as a whole. Why a single unit is not ready has codes of its own ({@link
/// dev.fairlead.deploy.target.CauseCode}).
public enum DeployCode implements Code {
    BUSY(
            Kind.BUSY,
            "Another command is changing this environment and is still alive.",
            "Wait for it (`--wait DURATION`), end it, or take over with `--supersede`, which asks it to stop at its next step."),
    SUPERSEDED(
            Kind.BUSY,
            "Another command took over this environment; this one stopped at its next step and changed nothing more.",
            "Nothing: the other command goes on. `fairlead status` shows its result."),
    LEASE_LOST(
            Kind.BUSY,
            "The lease could not be renewed in time, so another command may have taken over; nothing more was written.",
            "See why the target's record could not be written, and run the command again: it goes on where this one stopped."),
    STALE_PLAN(
            Kind.BUSY,
            "The plan that was saved, or that a person agreed to, is not what would be done now: the stack or the environment changed since.",
            "Look at the difference. `fairlead apply` shows the new plan and asks again; `fairlead plan --out FILE` saves it."),
    INTERRUPTED(
            Kind.INTERRUPTED,
            "The command was interrupted; what it had begun is recorded.",
            "Run the command again: it goes on from there."),
    STEP_FAILED(
            Kind.NOT_READY,
            "A unit's step ended unexpectedly on the side of the target.",
            "See the sentence that follows, `fairlead explain UNIT` and `fairlead logs UNIT`."),
    NO_SUCH_UNIT(
            Kind.USER,
            "A unit was named that this environment does not have.",
            "Correct the name; `fairlead status` lists the units."),
    NO_SUCH_REVISION(
            Kind.USER,
            "A revision was named that is not kept (any more), or there is no earlier one to go back to.",
            "`fairlead history` shows the revisions; `orchestration.history` says how many are kept."),
    NO_SUCH_EXECUTION(
            Kind.USER,
            "An execution was named of which the events do not tell (any more).",
            "`fairlead history` shows the executions."),
    SCHEMA_PAST_REVISION(
            Kind.REFUSED,
            "A database is not as the revision needs it: a migration that it relies on has not run or is another one now, or a later one took something away that it may use.",
            "Go on instead of back: mend what failed and run `fairlead up`; or pick a revision after the migration that is named."),
    REVISION_INCOMPLETE(
            Kind.REFUSED,
            "A revision keeps placeholders for secrets, and the state does not have what one of them stands for any more; or a port that its units were given is another one now.",
            "Declare the secret again under the same name, or go on with `fairlead up`."),
    PORTS_CONTENDED(
            Kind.SURROUNDINGS,
            "Ports that were chosen for this environment were taken by other processes again and again.",
            "See which processes take ports in the range 20000 to 31999, or give the units fixed ports."),
    INPUTS_UNREADABLE(
            Kind.SURROUNDINGS,
            "The files that the `inputs` of a task name cannot be read.",
            "Correct the globs of `inputs`, or the permissions of the files that they match."),
    RECORD_UNREADABLE(
            Kind.SURROUNDINGS,
            "The environment's record in its state is not one that this version can read.",
            "Use the version of Fairlead that wrote it, or move the state folder away and run `fairlead up` again."),
    RECORD_CONTENDED(
            Kind.SURROUNDINGS,
            "The environment's record could not be written because others kept changing it.",
            "Run the command again; if it stays, see who else works on this environment (`fairlead events`).");

    private final Kind kind;
    private final String meaning;
    private final String remedy;

    DeployCode(Kind kind, String meaning, String remedy) {
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
