package dev.fairlead.inventory.keys;

import dev.fairlead.document.typed.Form;
import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import java.util.List;
import java.util.Optional;

/// The keys of environments and images.
public final class EnvironmentKeys {
    public static final Key FROM =
            Key.of(
                            "from",
                            Shape.text(Forms.LABEL),
                            "The environment whose keys hold where this one has none.")
                    .like("base");
    public static final Key TARGET =
            Key.of(
                            "target",
                            Shape.words("local", "kubernetes"),
                            "Where the units run; without one, own or inherited, the environment is only there to be `from`.")
                    .like("local");
    public static final Key MODE =
            Key.of(
                            "mode",
                            Shape.words("dev", "prod"),
                            "`dev` runs the `dev` block of a unit that has one, `prod` its image or command.")
                    .or("prod")
                    .like("dev");
    public static final Key NAMESPACE_TEMPLATE =
            Key.of(
                            "namespaceTemplate",
                            Shape.TEMPLATE,
                            "What `.Namespace` gives; it must differ between slots.")
                    .orElse("`{{ .Project }}-{{ .Env }}`, with a slot `-{{ .Slot }}` after it")
                    .like("\"{{ .Project }}-dev-{{ .Slot }}\"");
    public static final Key DOMAIN_TEMPLATE =
            Key.of(
                            "domainTemplate",
                            Shape.TEMPLATE,
                            "What `.Domain` gives; on Kubernetes it must differ between slots.")
                    .orElse("`{{ .Namespace }}.localhost`")
                    .like("\"{{ .Project }}.localhost\"");
    public static final Key SLOTS =
            Key.of(
                            "slots",
                            new Shape.Whole(1, 10_000),
                            "How many numbered instances there may be at once.")
                    .orElse("9 on local, none on Kubernetes")
                    .like("10");
    public static final Key PROTECTED =
            Key.of("protected", Shape.FLAG, "Whether up, down and prune ask first.")
                    .orElse("true for `production` and `prod`")
                    .like("true");
    public static final Key VARS =
            Key.of(
                            "vars",
                            new Shape.MapOf(Shape.ANYTHING, Optional.of(Forms.NAME), false),
                            "Values over those of `spec.vars`, merged deep.")
                    .like("{ title: Guestbook (staging) }");
    public static final Key REGISTRY =
            Key.of("registry", Shape.TEMPLATE, "The image registry, read as `.Registry`.")
                    .like("registry.example.com/team");
    public static final Key CONTEXT =
            Key.of("context", Shape.TEXT, "The context of the kubeconfig.").like("staging");
    public static final Key KUBECONFIG =
            Key.of("kubeconfig", Shape.TEXT, "The kubeconfig file.")
                    .orElse("the ordinary one")
                    .like("deploy/kubeconfig");
    public static final Key KUBERNETES =
            Key.of(
                            "kubernetes",
                            Shape.Struct.of(
                                    "kubernetes", "Which cluster.", List.of(CONTEXT, KUBECONFIG)),
                            "Which cluster.")
                    .like("{ context: staging }");
    public static final Key BRANCH =
            Key.of("branch", Shape.TEXT, "A push to this branch deploys the environment.")
                    .mandatory()
                    .like("main");
    public static final Key DEPLOY_ON =
            Key.of(
                            "deployOn",
                            Shape.Struct.of("deployOn", "What deploys by itself.", List.of(BRANCH)),
                            "What deploys the environment by itself.")
                    .like("{ branch: main }")
                    .due("the platform", true);
    public static final Key QUOTA =
            Key.of("quota", Shape.mapOf(Shape.QUANTITY), "The ResourceQuota of the namespace.")
                    .like("{ requests.cpu: 4, requests.memory: 8Gi }");
    public static final Key LIMITS =
            Key.of("limits", Shape.mapOf(Shape.QUANTITY), "The default limits of a container.")
                    .like("{ cpu: 500m, memory: 512Mi }");
    public static final Key WORKSPACE =
            Key.of(
                            "workspace",
                            Shape.FLAG,
                            "Whether the stack's workspace is there, on Kubernetes: without it there is no claim, and nobody mounts it.")
                    .or("true")
                    .like("false");
    public static final Shape.Struct ENVIRONMENT =
            Shape.Struct.of(
                    "environment",
                    "An environment.",
                    List.of(
                            FROM,
                            TARGET,
                            MODE,
                            NAMESPACE_TEMPLATE,
                            DOMAIN_TEMPLATE,
                            SLOTS,
                            PROTECTED,
                            VARS,
                            REGISTRY,
                            KUBERNETES,
                            DEPLOY_ON,
                            QUOTA,
                            LIMITS,
                            WORKSPACE));

    public static final Key IMAGE_TYPE =
            Key.of(
                            "type",
                            Shape.words("build", "external", "skip"),
                            "`build` makes it from a folder, `external` takes it from elsewhere, `skip` leaves it to somebody else.")
                    .mandatory()
                    .like("build");
    public static final Key IMAGE_CONTEXT =
            Key.of("context", Shape.TEXT, "build: the folder.").like("services/internal/api");
    public static final Key DOCKERFILE =
            Key.of(
                            "dockerfile",
                            Shape.TEXT,
                            "build: the Dockerfile, relative to the context; without one Fairlead makes the image itself, from `from` and `layers`.")
                    .or("Dockerfile")
                    .like("docker/Dockerfile");
    public static final Key TARGET_DEV =
            Key.of("dev", Shape.TEXT, "The stage in mode dev.").like("dev");
    public static final Key TARGET_PROD =
            Key.of("prod", Shape.TEXT, "The stage in mode prod.").like("runtime");
    public static final Key IMAGE_TARGET =
            Key.of(
                            "target",
                            Shape.Either.of(
                                    Shape.TEXT,
                                    Shape.Struct.of(
                                            "imageTarget",
                                            "The stage per mode.",
                                            List.of(TARGET_DEV, TARGET_PROD))),
                            "build: the stage of the Dockerfile, one or one per mode.")
                    .like("{ dev: dev, prod: runtime }");
    public static final Key BUILD_ARGS =
            Key.of("buildArgs", Shape.mapOf(Shape.TEMPLATE), "build: the arguments of the build.")
                    .like("{ JDK: \"25\" }");
    public static final Key IMAGE_FROM =
            Key.of(
                            "from",
                            Shape.TEMPLATE,
                            "external: the whole name of the image. build without a Dockerfile: the base that the layers are put over, or `scratch`.")
                    .like("\"postgres:{{ .Versions.postgres }}\"");
    public static final Key LAYER_FILES =
            Key.of(
                            "files",
                            Shape.TEXT,
                            "A glob, relative to the stack's folder; the files keep their paths below its fixed part.")
                    .mandatory()
                    .like("services/internal/api/target/lib/*.jar");
    public static final Key LAYER_INTO =
            Key.of(
                            "into",
                            Shape.text(Form.of("an absolute path", "/[^\\s:]*")),
                            "The folder of the image that they are put into.")
                    .or("/app")
                    .like("/app/lib");
    public static final Key LAYERS =
            Key.of(
                            "layers",
                            Shape.listOf(
                                    Shape.Struct.of(
                                            "layer",
                                            "Files of an image, and where they lie in it.",
                                            List.of(LAYER_FILES, LAYER_INTO))),
                            "build without a Dockerfile: what is put over the base, what changes least first.")
                    .orElse("the context without what git ignores, into /app")
                    .like(
                            "[ { files: lib/*.jar, into: /app/lib }, { files: \"services/internal/api/src/**\", into: /app/src } ]");
    public static final Key IMAGE_BUILD =
            Key.of(
                            "build",
                            Forms.TEXTS,
                            "build without a Dockerfile: a command that makes the files of the layers, run in the context when the image is built.")
                    .like("[ ./mvnw, --quiet, package ]");
    public static final Key IMAGE_COMMAND =
            Key.of(
                            "command",
                            Forms.TEXTS,
                            "build without a Dockerfile: what a container runs that says nothing else.")
                    .like("[ java, -cp, \"lib/*\", src/Api.java ]");
    public static final Key REPOSITORY =
            Key.of(
                            "repository",
                            Shape.TEMPLATE,
                            "Where the image is pushed to and pulled from; an external one is copied there first.")
                    .orElse("`{{ .Registry }}/{{ .Project }}/<name>`")
                    .like("\"{{ .Registry }}/guestbook-api\"");
    public static final Shape.Struct IMAGE =
            Shape.Struct.of(
                    "image",
                    "An image.",
                    List.of(
                            IMAGE_TYPE,
                            IMAGE_CONTEXT,
                            DOCKERFILE,
                            IMAGE_TARGET,
                            BUILD_ARGS,
                            IMAGE_FROM,
                            LAYERS,
                            IMAGE_BUILD,
                            IMAGE_COMMAND,
                            REPOSITORY));

    private EnvironmentKeys() {}
}
