package dev.fairlead.deploy.slot;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What can be wrong with a wish for a slot.
public enum SlotCode implements Code {
    NO_SLOTS(
            Kind.USER,
            "The environment has no slots.",
            "Give it `slots: N` in services.yaml, or name another environment with `-e`."),
    NO_SUCH_SLOT(
            Kind.USER,
            "A slot was named that is not there.",
            "`fairlead slots list` shows the slots that are taken or in use."),
    SLOTS_FULL(
            Kind.BUSY,
            "Every slot of the environment is taken or in use, and none may be collected.",
            "Release one (`fairlead slots release N`), or raise `slots` of the environment; `fairlead slots list` says who has which, and until when."),
    SLOT_TAKEN(
            Kind.BUSY,
            "The slot that was asked for is somebody else's, or is being removed.",
            "Leave `--slot` out to get a free one; a removal that was cut short is finished by `fairlead slots gc`."),
    SLOT_LEAVING(
            Kind.BUSY,
            "The slot is being removed.",
            "Wait until it is gone, or finish a removal that was cut short with `fairlead slots release N`; then take a slot anew."),
    UNSAVED_WORK(
            Kind.REFUSED,
            "The worktree of the slot has work that is in no commit, or commits that are on no branch.",
            "Commit it, or throw it away with `fairlead slots release N --discard`."),
    NO_SUCH_REF(
            Kind.USER,
            "The branch, tag or commit is not known to the repository.",
            "Fetch it (`git fetch`), or make it (`git branch NAME`)."),
    NO_WORKTREE(
            Kind.USER,
            "A branch was asked for in a slot that lives on a cluster, where no worktree is made.",
            "Leave `--ref` out, check the branch out yourself, and bring the slot up from that folder with `--slot N`."),
    GIT_FAILED(
            Kind.SURROUNDINGS,
            "git, which makes the worktrees of slots, is missing, or refused what was asked of it.",
            "See its own words in the message."),
    SLOTS_DAMAGED(
            Kind.SURROUNDINGS,
            "The file that says who has which slot does not hold what Fairlead wrote into it.",
            "Delete it (on local: `.fairlead/slots/ENVIRONMENT.json`): the slots go on, and are nobody's until they are taken again by number.");

    private final Kind kind;
    private final String meaning;
    private final String remedy;

    SlotCode(Kind kind, String meaning, String remedy) {
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
