package dev.fairlead.deploy.target;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// Why a unit is not ready.
public enum CauseCode implements Code {
    PORT_TAKEN(
            "A port that the unit needs is held by another process.",
            "End the process that is named, or give the unit another port; `auto` finds a free one."),
    COMMAND_MISSING(
            "The unit's command is not on its PATH, or is not an executable file.",
            "Install it, correct the spelling, or name it with its path relative to the unit's folder."),
    START_REFUSED(
            "The machine refused to start the unit, although its command is there: a script whose interpreter is missing, a program for another machine, no room for its files.",
            "The message has the machine's own words; correct the script's first line, or make room, and run `fairlead up` again."),
    FOLDER_MISSING(
            "The unit's working directory does not exist.", "Correct `path` or `run.workingDir`."),
    EXITED(
            "The process ended although it should stay, before it was ready or without a restart policy that allows another try.",
            "Read the last lines of its output with `fairlead logs UNIT`; correct what it complains about and run `fairlead up` again."),
    TASK_FAILED(
            "A task ended with another exit code than 0.",
            "Read its output with `fairlead logs UNIT`; it runs again with the next `fairlead up`."),
    BUILD_FAILED(
            "The `dev.build` command of the unit failed. Before its first start nothing runs; after an edit the former process goes on serving.",
            "Correct what the build complains about; `fairlead logs UNIT` has its output. Saving the file builds again."),
    PROBE_REFUSED(
            "The port of the readiness probe does not accept connections.",
            "See whether the process listens on the port that it is given (`.Ports`), on 127.0.0.1."),
    PROBE_ANSWERED(
            "The readiness probe got another answer than the one declared.",
            "See what the unit says about its own health; `run.ready` declares path and status."),
    PROBE_PENDING(
            "The readiness probe has not been satisfied yet: no matching log line, or the check command does not end with 0.",
            "See `fairlead logs UNIT`, and `run.ready` for what is waited for."),
    DATABASE_UNAVAILABLE(
            "The embedded PostgreSQL did not start, or refused what a unit needs of it.",
            "Read its log with `fairlead logs UNIT`; `fairlead doctor` checks what it needs of the machine."),
    TIMED_OUT(
            "The unit was not ready within its readiness timeout. Its process is left alone: it may still become ready.",
            "Its last probe says what was missing; raise `run.ready.timeout` only when it is simply slow."),
    DEPENDENCY_FAILED(
            "The unit was not started because one that it waits for failed.",
            "Mend the root cause that is named; nothing is wrong with this unit."),
    WAITING(
            "The unit waits for others that are not ready yet.",
            "Nothing, or see what those wait for: `fairlead explain`."),
    NOT_STARTED(
            "The unit was not started: the execution that was to start it ended before its turn, or there was none.",
            "Run `fairlead up`: it goes on from there."),
    GONE(
            "The process ended while nobody watched: its supervisor was killed or the machine restarted.",
            "Run `fairlead up`; it starts what is missing."),
    STALLED(
            "A process stands still because somebody stopped it (SIGSTOP, Ctrl-Z, a debugger): the unit's own, or that of whoever is at work on the environment.",
            "Let it go on (`kill -CONT PID`), or end it: the next command goes on from there."),
    SCHEMA_FAILED(
            "A migration of the database ended with an error; what ran before it stays.",
            "Correct what the message names and run `fairlead up` again; `fairlead migrate why` shows where the database stands."),
    SCHEMA_CHECK_FAILED(
            "A check of a migration, or an assertion, did not give true.",
            "Look at what the check asks; correct the data, the step or the check, and run `fairlead up` again."),
    SCHEMA_REFUSED(
            "The migrations do not fit what has run in the database: one was changed, would run out of order, or is half done.",
            "`fairlead migrate plan` shows what stands against it; `fairlead migrate repair` accepts it with a reason."),
    SCHEMA_LOCKED(
            "Another migrator is at work on the database, or another session held the tables of a migration too long.",
            "Wait for it, or see whether it still does something: the message says who it is and since when."),
    SCHEMA_RETRIED(
            "A step of a migration was refused and is tried again: mostly because another session holds its tables.",
            "Nothing, when what stands in its way ends by itself; the message says who holds the tables, and who may be ended."),
    SCHEMA_UNAPPROVED(
            Kind.REFUSED,
            "The migrations wait for a person: for an approval of exactly this plan, or for work by hand.",
            "`fairlead migrate plan` shows the plan; an owner approves it with `fairlead migrate approve`."),
    SCHEMA_MISSING(
            "The database does not have the schema that the unit requires.",
            "Run the migrations (`fairlead up`, `fairlead migrate up`); the message says what is wanted and what was found."),
    OBJECT_PENDING(
            "An object of the unit is not what it shall be yet.",
            "Nothing, or see what the message says that it waits for."),
    OBJECT_FAILED(
            "An object of the unit says of itself that it failed.",
            "Read its message; correct what it names and run `fairlead up` again."),
    OBJECT_GONE(
            "An object that was applied is not in the cluster any more.",
            "Run `fairlead up`; it makes it anew."),
    OBJECT_DENIED(
            "The cluster does not accept an object: a rule of admission, a quota, or a field that it does not know.",
            "Correct what the message names, or ask whoever keeps the rule."),
    CRASH_LOOP(
            "A container ends again and again; Kubernetes waits longer each time before it starts it anew.",
            "Read its last lines; correct what it complains about and run `fairlead up` again."),
    OUT_OF_MEMORY(
            "A container used more memory than its limit allows, and was ended for it.",
            "Raise `resources.limits.memory` of the container, or have it use less."),
    IMAGE_UNAVAILABLE(
            "An image cannot be pulled.",
            "See whether its name and tag are right, whether it was pushed, and whether the cluster may read the registry (imagePullSecrets)."),
    IMAGE_FAILED(
            "An image that the unit runs from could not be built, copied or pushed; nothing of the environment was changed.",
            "Read what the builder or the registry said, correct it and run `fairlead up` again; `fairlead build --push` does this part alone."),
    CONTAINER_CONFIG(
            "A container cannot be made as its pod says: a ConfigMap or Secret is missing, or its user is not allowed.",
            "Correct what the message names; an image that runs as root needs `podSecurity: baseline`."),
    UNSCHEDULABLE(
            "No node takes the pod.",
            "Lower what it requests, free a node, or change what ties it to certain nodes; the message is the scheduler's."),
    QUOTA_EXCEEDED(
            "The namespace's quota does not allow another pod or volume.",
            "Lower requests or replicas, or have the quota raised."),
    JOB_FAILED(
            "A Job failed: its pods ended with another exit code than 0 too often, or it ran out of time.",
            "Read its last lines; the Job is made anew when its template changes."),
    PROGRESS_DEADLINE(
            "A rollout did not get on within its own deadline (progressDeadlineSeconds).",
            "See why its pods are not ready; correct that and run `fairlead up` again."),
    VOLUME_UNAVAILABLE(
            "A volume cannot be made or mounted: its storage class, claim or contents are missing.",
            "Name a storage class that `kubectl get storageclass` lists, or make what the message names."),
    INIT_STUCK(
            "A container that must end before the others start fails.",
            "Read its last lines; what it waits for is most often missing."),
    STOPPED_BY_USER("The unit was stopped by a command.", "Run `fairlead up` to start it again.");

    private final Kind kind;
    private final String meaning;
    private final String remedy;

    CauseCode(String meaning, String remedy) {
        this(Kind.NOT_READY, meaning, remedy);
    }

    CauseCode(Kind kind, String meaning, String remedy) {
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
