package dev.fairlead.target.local.state;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What goes wrong around the target `local`.
public enum LocalCode implements Code {
    STATE_NOT_WRITABLE(
            "A file under `.fairlead` could not be written: the disk is full, or the folder belongs to somebody else or is read-only.",
            "Make room or correct the rights of the folder that is named, then run the command again; nothing is half written."),
    STATE_DAMAGED(
            "A file under `.fairlead` does not hold what Fairlead wrote into it.",
            "Restore it, or delete it when what it keeps (it says which) may be lost."),
    SUPERVISOR_UNREACHABLE(
            "The supervisor, which holds the processes of this folder, could not be started or does not answer.",
            "Read `.fairlead/supervisor.log`; `fairlead doctor` checks what it needs of the machine. Running units are not touched."),
    PLATFORM_UNSUPPORTED(
            "The target local, or its PostgreSQL, needs Linux (or WSL) on x86-64 with glibc 2.34 or newer.",
            "Use such a machine; `fairlead doctor` lists what is missing.");

    private final String meaning;
    private final String remedy;

    LocalCode(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public Kind kind() {
        return Kind.SURROUNDINGS;
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
