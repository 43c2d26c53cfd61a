package dev.fairlead.image;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What can be wrong with an image.
public enum ImageCode implements Code {
    IMAGE_NAME(
            Kind.USER,
            "The name of an image is not one that a registry takes.",
            "Write HOST[:PORT]/PATH:TAG in lower-case letters, or with @sha256:… in place of the tag."),
    REGISTRY_MISSING(
            Kind.USER,
            "An image that is built has no registry that it could be pushed to and pulled from.",
            "Give the environment `registry: HOST/PATH`, or the image a `repository` of its own."),
    IMAGE_NOT_THERE(
            Kind.USER,
            "A registry does not have the image that another one is made or copied from.",
            "Correct the name, or push that image first."),
    REGISTRY_UNREACHABLE(
            Kind.SURROUNDINGS,
            "A registry does not answer.",
            "See that its address is right and that this machine may reach it; one that speaks plain HTTP is only taken on this machine itself."),
    REGISTRY_REFUSED(
            Kind.SURROUNDINGS,
            "A registry answered with a refusal.",
            "Log in (`docker login HOST`, which writes ~/.docker/config.json), or ask for the right to read and push there."),
    BUILDER_MISSING(
            Kind.SURROUNDINGS,
            "An image has a Dockerfile, and no builder was found that can build it.",
            "Start docker, install buildah, or set BUILDKIT_HOST to a BuildKit address with buildctl on the PATH; without a Dockerfile, with `from` and `layers`, none is needed."),
    IMAGE_BUILD_FAILED(
            Kind.USER,
            "The builder, or the command that makes the files of an image, ended with an error.",
            "Read its last lines, and run it by hand in the folder that is named."),
    IMAGE_EMPTY(
            Kind.USER,
            "A layer of an image has no file.",
            "Correct its glob; where a command makes the files, let `build` name it."),
    IMAGE_MOVED(
            Kind.REFUSED,
            "The tag of an image points to something else than what was pushed under it: somebody replaced it.",
            "Find out who did. To go on with what is there now, change an input of the image, so that it is built anew under another tag.");

    private final Kind kind;
    private final String meaning;
    private final String remedy;

    ImageCode(Kind kind, String meaning, String remedy) {
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
