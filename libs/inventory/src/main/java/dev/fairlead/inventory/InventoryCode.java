package dev.fairlead.inventory;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// Everything that can be wrong with a stack, beyond what its files and templates say about themselves.
public enum InventoryCode implements Code {
    STACK_NOT_FOUND(
            "There is no services.yaml where one was looked for.",
            "Name the stack's folder or file (-C, -f), or write a services.yaml."),
    FILE_UNREADABLE(
            "A file that the stack names is missing or cannot be read.",
            "Correct the path; it is relative to the folder of the main services.yaml."),
    OUTSIDE_ROOT(
            "A path leaves the root of the stack: the nearest folder above it with .git, else its own.",
            "Keep the file inside the root; nothing outside it is read."),
    GLOB_SYNTAX("A glob is not well formed.", "Close its brackets and braces."),
    GLOB_NO_MATCH(
            "A glob names no file.",
            "Correct it, or remove it; a glob that matches nothing is most often a slip."),
    IMPORT_CYCLE("Files import each other in a circle.", "Remove one of the imports of the chain."),
    DUPLICATE_UNIT(
            "Two units have one name.",
            "Rename one; to write one unit in two files, say extend: true in one of them."),
    UNKNOWN_COMPONENT(
            "A unit uses a component that is not there.",
            "Correct the name, or add the component."),
    UNKNOWN_IMAGE(
            "A unit names an image that the stack does not have.",
            "Correct the name, or add the image to images."),
    UNKNOWN_ENVIRONMENT(
            "A name is not that of an environment of the stack.",
            "Use one of those that the message names."),
    ENVIRONMENT_CYCLE(
            "Environments are from each other in a circle.", "Remove one from of the chain."),
    ENVIRONMENT_ABSTRACT(
            "The chosen environment has no target, own or inherited: it is only there to be from.",
            "Choose another environment, or name a target."),
    NO_DEFAULT_ENVIRONMENT(
            "No environment was named, and the stack has several and none called dev.",
            "Name one with -e."),
    MODE_NOT_SAID(
            "An environment that is not protected has units with a dev block and runs in mode prod only because nothing else is said.",
            "Say mode: dev or mode: prod in the environment."),
    SLOT_RANGE(
            "The environment has no slot of this number.",
            "Choose a slot within its range, or change slots."),
    SLOT_CLASH(
            "Two slots of the environment would have the same namespace or domain.",
            "Put {{ .Slot }} into the template."),
    BAD_NAMESPACE(
            "The namespace template gives what is not a namespace's name.",
            "Let it give an RFC 1123 label."),
    BAD_DOMAIN(
            "The domain template gives what is not a domain.",
            "Let it give a name such as guestbook.localhost."),
    UNKNOWN_VAR(
            "A value was set for a variable that the stack does not declare.",
            "Correct the name, or declare it in vars."),
    CYCLE_IN_VALUES(
            "Values are computed from each other in a circle.",
            "Remove one of the references of the chain."),
    TOO_EARLY(
            "A template reads a value that is only known later.",
            "Use what is known at this place; the reference of services.yaml has the order."),
    WHEN_VALUE(
            "A when gives neither true nor false.",
            "Let the expression give true, false or nothing."),
    UNKNOWN_UNIT(
            "A name is not that of a unit of the stack.", "Correct the name, or add the unit."),
    DISABLED_UNIT(
            "A unit depends on one that its when leaves out of this environment.",
            "Leave the dependant out under the same condition, or keep the unit."),
    LATER_STAGE(
            "A unit depends on one of a later stage, which starts after it.",
            "Turn the dependency round, or move one of the two to another stage."),
    DEPENDENCY_CYCLE(
            "Units depend on each other in a circle.",
            "Remove one of the dependencies of the chain."),
    DEPENDS_ON_AGENT(
            "A unit depends on an agent, which runs only when somebody runs it.",
            "Depend on what the agent works with; what has to run before a unit is a builtin task."),
    TASK_OUTSIDE_AGENT(
            "A template reads .Task, and does not stand in an agent: only a run of an agent has a task.",
            "Put the expression into the command or a variable of an agent."),
    STAGE_ORDER(
            "deployOrder names the stages in another order than theirs.",
            "Keep the order; it may leave stages out."),
    PORT_COLLISION(
            "Two ports of one environment have the same fixed number.", "Change one, or use auto."),
    PORT_FIXED_IN_SLOT(
            "A port with a fixed number cannot be had by several slots at once.", "Use auto."),
    PORT_VALUE(
            "A port's template gives no port number.",
            "Let it give auto or a number from 1 to 65535."),
    UNKNOWN_PORT(
            "A readiness check names a port that the unit does not have.",
            "Correct the name, or declare the port."),
    BAD_REGEX(
            "A regular expression is not well formed.",
            "Correct it; the message shows where it fails."),
    BAD_VALUE(
            "A template gives a value that its key does not take.",
            "Correct the template; only keys that the reference marks may become a list or a map."),
    NO_EFFECT(
            "A key is read, but does nothing in a unit of this kind: a task's inputs in a command, a command in a builtin that has its own.",
            "Remove the key, or choose the builtin that knows it."),
    NOTHING_TO_RUN(
            "A unit says how it runs, but neither a command nor a builtin.",
            "Give it a command, or a builtin with what that needs."),
    SECRET_MISSING(
            "A secret has no value: its variable is not set, or its file is not there.",
            "Give it a value, or say optional: true and test for it."),
    SECRET_TOO_SHORT(
            "A secret has fewer than 4 characters: it cannot be told from other text, so it could not be kept out of what units print.",
            "Give it a longer value; if it is no secret, make it a variable of `env` or `vars`."),
    SECRET_SOURCE("A secret says nowhere to come from.", "Give it one of generate, env and file."),
    OWNERSHIP(
            "A database's migrations do not belong to exactly one service of the stack.",
            "Keep one migrations unit per database, with a service as its owner and its source inside that service's folder."),
    GRANTS_CONTRADICT(
            "Rights on the workspace contradict each other, or what a unit says of itself.",
            "Give each folder to one writer, or say `shared: true` in every grant that shares it; the message names the two places."),
    UNKNOWN_DATABASE(
            "A migrations unit names a database that its unit does not make.",
            "Correct the name, or add the database to `databases` of the builtin postgres."),
    NO_DATABASE_URL(
            "The unit that a migrations unit's database lives in does not say how it is reached.",
            "Let it export `url` (or `url_<database>`): postgresql://user:password@host:5432/database."),
    SCHEMA_NOT_REQUIRED(
            "A service is given the URL of a database that is migrated, and does not require its schema: it could start before its tables are there.",
            "Add requiresSchema with the migrations unit that the message names."),
    WRONG_DIALECT(
            "The file is not of the format fairlead.dev/v1alpha1.",
            "Write apiVersion: fairlead.dev/v1alpha1 and kind: ServiceStack."),
    NOT_YET(
            "A key or a flag was read whose effect this version of Fairlead does not have; it is refused, never ignored.",
            "Leave it out for now, or use a version that has it; the message names the part that brings it.");

    private final String meaning;
    private final String remedy;

    InventoryCode(String meaning, String remedy) {
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
