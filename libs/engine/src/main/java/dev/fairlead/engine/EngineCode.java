package dev.fairlead.engine;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What can be wrong with a request before anything is deployed.
public enum EngineCode implements Code {
    NO_IMAGES(
            Kind.USER,
            "Images were asked for in an environment that runs without any.",
            "Name an environment on Kubernetes with -e."),
    NO_WORKSPACE(
            Kind.USER,
            "A checkout shall be synced, and no pod of the environment runs on a workspace.",
            "Give the stack a workspace and an image `fairlead`, and the environment mode: dev."),
    NOT_SYNCED(
            Kind.SURROUNDINGS,
            "The checkout could not be brought into the workspace.",
            "`fairlead explain workspace` says whether its pod runs; `fairlead up` starts it."),
    NO_STATE(
            Kind.USER,
            "services.yaml cannot be read, and the state folder does not say which environment is meant.",
            "Correct services.yaml, or name one of the environments that have state with `-e NAME` and `--slot N`."),
    NO_MIGRATIONS_UNIT(
            Kind.USER,
            "No database was named: neither an address, nor a migrations unit of the stack.",
            "Give --database URL and --source DIR, or --unit NAME of a stack that has migrations."),
    MIGRATION_CROSSES(
            Kind.USER,
            "A migration depends on one of another database, and nothing makes its unit wait for the other's.",
            "Add the other migrations unit to dependsOn."),
    MIGRATION_LINT(
            Kind.USER,
            "A rule found something dangerous in a migration.",
            "Write it as the hint says, or switch the rule off for this statement with a reason; `fairlead migrate lint` names the rule."),
    MIGRATION_REFUSED(
            Kind.REFUSED,
            "A rule found something in a pending migration that must not happen to this database unseen.",
            "Write it as the hint says; or ignore the rule there with a reason; or let somebody approve exactly this plan: `fairlead migrate approve --unit NAME`."),
    CONTRACT_TOO_EARLY(
            Kind.REFUSED,
            "A pending migration takes away a table or a column, and a unit that requires the schema runs a revision from before this deploy.",
            "Deploy the code that does without it first, and the migration with the next deploy; or stop the unit first; or let somebody approve exactly this plan: `fairlead migrate approve --unit NAME`."),
    PLAN_FILE_UNREADABLE(
            Kind.USER,
            "The file is not a plan that was saved by `fairlead plan --out FILE`.",
            "Make a new one with `fairlead plan --out FILE`.");

    private final Kind kind;
    private final String meaning;
    private final String remedy;

    EngineCode(Kind kind, String meaning, String remedy) {
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
