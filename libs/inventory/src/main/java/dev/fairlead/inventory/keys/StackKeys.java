package dev.fairlead.inventory.keys;

import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import java.util.List;
import java.util.Optional;

/// The keys of a services.yaml, from its top to the lists of its units.
public final class StackKeys {
    public static final String API_VERSION_VALUE = "fairlead.dev/v1alpha1";
    public static final String KIND_VALUE = "ServiceStack";

    public static final Key API_VERSION =
            Key.of("apiVersion", Shape.words(API_VERSION_VALUE), "The version of this format.")
                    .mandatory()
                    .like(API_VERSION_VALUE);
    public static final Key KIND =
            Key.of("kind", Shape.words(KIND_VALUE), "What the file describes.")
                    .mandatory()
                    .like(KIND_VALUE);
    public static final Key METADATA_NAME =
            Key.of("name", Shape.text(Forms.LABEL), "The stack's name.")
                    .mandatory()
                    .like("guestbook");
    public static final Key METADATA =
            Key.of(
                            "metadata",
                            Shape.Struct.of(
                                    "metadata",
                                    "What the stack is called.",
                                    List.of(METADATA_NAME)),
                            "What the stack is called.")
                    .mandatory()
                    .like("{ name: guestbook }");

    public static final Key PROJECT =
            Key.of(
                            "project",
                            Shape.text(Forms.LABEL),
                            "The name that `.Project` gives and that environments are kept under.")
                    .orElse("`metadata.name`")
                    .like("guestbook");
    public static final Key IMPORTS =
            Key.of(
                            "imports",
                            Forms.TEXTS,
                            "Globs of further files of this format; this file wins over them, later ones win over earlier ones.")
                    .like("[ stacks/*.yaml ]");
    public static final Key ENV_FILES =
            Key.of(
                            "envFiles",
                            Forms.TEXTS,
                            "Files of NAME=value lines that give values for `env` and for secrets; the process environment wins. One that ends in `?` may be missing.")
                    .like("[ .env, .env.local? ]");
    public static final Key ENV =
            Key.of(
                            "env",
                            Shape.listOf(Shape.text(Forms.VARIABLE)),
                            "The only process variables that templates may read.")
                    .like("[ PUBLIC_HOST ]");
    public static final Key VARS =
            Key.of(
                            "vars",
                            new Shape.MapOf(Shape.ANYTHING, Optional.of(Forms.NAME), false),
                            "Values, or templates that give them, read as `.Vars.<name>`; they may use each other.")
                    .like("{ title: Guestbook }");

    public static final Key GENERATE =
            Key.of(
                            "generate",
                            new Shape.Whole(8, 1024),
                            "Made once with this many characters, and kept in the state.")
                    .like("24");
    public static final Key SECRET_ENV =
            Key.of("env", Shape.text(Forms.VARIABLE), "Read from this process variable.")
                    .like("GITHUB_TOKEN");
    public static final Key SECRET_FILE =
            Key.of("file", Shape.TEXT, "Read from this file, without the line break at its end.")
                    .like("secrets/token");
    public static final Key OPTIONAL =
            Key.of(
                            "optional",
                            Shape.FLAG,
                            "Whether it may be missing; templates then have to test for it.")
                    .or("false")
                    .like("true");
    public static final Shape.Struct SECRET =
            Shape.Struct.of(
                    "secret",
                    "Where a secret comes from.",
                    List.of(GENERATE, SECRET_ENV, SECRET_FILE, OPTIONAL),
                    List.of(List.of("generate", "env", "file")));
    public static final Key SECRETS =
            Key.of(
                            "secrets",
                            Shape.mapOf(Forms.NAME, SECRET),
                            "Values that are never shown, read as `.Secrets.<name>`.")
                    .like(
                            "{ db-password: { generate: 24 }, token: { env: GITHUB_TOKEN, optional: true } }");

    public static final Key VERSION_VALUE =
            Key.of("value", Shape.TEMPLATE, "The version.").mandatory().like("\"18\"");
    public static final Key VERSIONS =
            Key.of(
                            "versions",
                            Shape.mapOf(
                                    Forms.NAME,
                                    Shape.Either.of(
                                            Shape.TEMPLATE,
                                            Shape.Struct.of(
                                                    "version",
                                                    "A version as a map.",
                                                    List.of(VERSION_VALUE)))),
                            "Versions, read as `.Versions.<name>`.")
                    .like("{ postgres: \"18\", api: \"1.4.2\" }");

    public static final Key PARTIALS =
            Key.of("partials", Forms.TEXTS, "Globs of files whose defines every template may call.")
                    .like("[ deploy/partials/*.tpl ]");
    public static final Key MISSING_KEY =
            Key.of(
                            "missingKey",
                            Shape.words("strict", "error", "default", "zero"),
                            "What a key that is not there does: `strict` lets it be tested and defaulted but never printed; the others are Go's.")
                    .or("strict")
                    .like("default");
    public static final Key PROFILE =
            Key.of(
                            "profile",
                            Shape.words("fairlead", "codex-k8s", "codexctl"),
                            "Which functions templates may call; the last two are due with the other dialects.")
                    .or("fairlead")
                    .like("fairlead");
    public static final Key TEMPLATES =
            Key.of(
                            "templates",
                            Shape.Struct.of(
                                    "templates",
                                    "How templates are read.",
                                    List.of(PARTIALS, MISSING_KEY, PROFILE)),
                            "How templates are read.")
                    .like("{ partials: [ deploy/partials/*.tpl ] }");

    public static final Key COMPONENTS =
            Key.of(
                            "components",
                            Shape.mapOf(Forms.NAME, UnitKeys.COMPONENT),
                            "Parts of units by name, for `use`.")
                    .like("{ hot: { run: { restart: on-failure } } }");
    public static final Key ENVIRONMENTS =
            Key.of(
                            "environments",
                            Shape.mapOf(Forms.LABEL, EnvironmentKeys.ENVIRONMENT),
                            "The environments by name; one without a target, own or inherited, is only there to be `from`.")
                    .orElse("`dev` on local")
                    .like("{ dev: { target: local, mode: dev } }");
    public static final Key IMAGES =
            Key.of(
                            "images",
                            Shape.mapOf(Forms.NAME, EnvironmentKeys.IMAGE),
                            "Images for Kubernetes by name, read as `.Images.<name>`.")
                    .like("{ api: { type: build, context: services/internal/api } }");
    public static final Key INFRASTRUCTURE =
            Key.of(
                            "infrastructure",
                            Shape.listOf(UnitKeys.INFRASTRUCTURE),
                            "Units of the stage stateful.")
                    .like("[ { name: postgres, local: { builtin: postgres } } ]");
    public static final Key MIGRATIONS =
            Key.of(
                            "migrations",
                            Shape.listOf(UnitKeys.MIGRATIONS),
                            "Units of the stage migrations.")
                    .like(
                            "[ { name: guestbook-db, owner: api, database: { unit: postgres, name: guestbook } } ]");
    public static final Key SERVICES =
            Key.of(
                            "services",
                            Shape.listOf(UnitKeys.SERVICES),
                            "Units of the stages internal, edge and frontend.")
                    .like("[ { name: api, deployGroup: internal, run: { command: [ ./api ] } } ]");
    public static final Key WORKSPACE =
            Key.of(
                            "workspace",
                            WorkspaceKeys.WORKSPACE,
                            "The volume that the services and agents of an instance share on Kubernetes; on local they share the folder of the stack.")
                    .like("{ size: 10Gi }");
    public static final Key AGENTS =
            Key.of(
                            "agents",
                            Shape.listOf(UnitKeys.AGENTS),
                            "Commands that somebody runs in a slot when there is something to do.")
                    .like("[ { name: coder, run: { command: [ my-agent, \"{{ .Task }}\" ] } } ]");
    public static final Key ORCHESTRATION =
            Key.of("orchestration", WorkspaceKeys.ORCHESTRATION, "How a deploy goes on.")
                    .like("{ parallelism: 8, readinessTimeout: 5m }");

    public static final Shape.Struct SPEC_STRUCT =
            Shape.Struct.of(
                    "spec",
                    "What the stack consists of.",
                    List.of(
                            PROJECT,
                            IMPORTS,
                            ENV_FILES,
                            ENV,
                            VARS,
                            SECRETS,
                            VERSIONS,
                            ENVIRONMENTS,
                            TEMPLATES,
                            IMAGES,
                            COMPONENTS,
                            INFRASTRUCTURE,
                            MIGRATIONS,
                            SERVICES,
                            WORKSPACE,
                            AGENTS,
                            ORCHESTRATION));
    public static final Key SPEC =
            Key.of("spec", SPEC_STRUCT, "What the stack consists of.")
                    .mandatory()
                    .like("{ services: [] }");
    public static final Shape.Struct FILE =
            Shape.Struct.of(
                    "stack",
                    "One typed file for a whole environment.",
                    List.of(API_VERSION, KIND, METADATA, SPEC));

    private StackKeys() {}
}
