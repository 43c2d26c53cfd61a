package dev.fairlead.cli;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What the command itself has to say; everything about a stack is said by the libraries.
public enum CliCode implements Code {
    USAGE(
            Kind.USER,
            "The command line is wrong: an unknown command or flag, a missing or superfluous argument, a value of the wrong form.",
            "Use the name that the hint gives, or read `fairlead COMMAND --help`."),
    FILE_NOT_FOUND(
            Kind.USER,
            "A file or folder that the command line names is not there, or is not of the kind that is needed.",
            "Give the right path; it is relative to the current folder, or to the one that `-C` names."),
    NOT_EXECUTED(
            Kind.USER,
            "A command could not be begun beside a unit: there is no such program on the unit's PATH, or the unit has no environment of its own.",
            "See the sentence; `fairlead status` lists the units."),
    NO_ADDRESS(
            Kind.USER,
            "A unit has no address to be opened or forwarded: it declares no port, or it does not run.",
            "Name a unit with a port that runs; `fairlead status` shows the addresses."),
    PORT_UNAVAILABLE(
            Kind.SURROUNDINGS,
            "The local port that was asked for cannot be listened on: somebody holds it, or it is reserved.",
            "Name another one, or leave it out: a free one is chosen."),
    DECLINED(
            Kind.REFUSED,
            "A question was answered with no, so nothing was done.",
            "Run the command again and answer with yes, or give `--yes`."),
    UNANSWERED(
            Kind.REFUSED,
            "The command had to ask, but there is no terminal to ask at.",
            "Give `--yes` when the answer is yes."),
    IO_FAILED(
            Kind.SURROUNDINGS,
            "The machine refused something that had to work: a file could not be read or written, the disk is full, the network is gone.",
            "The text names the file and the reason; put it right and run the command again."),
    DEFECT(
            Kind.BUG,
            "Fairlead itself has a defect and could not go on.",
            "Please report it with the file that the message names; it holds no values of your stack.");

    private final Kind kind;
    private final String meaning;
    private final String remedy;

    CliCode(Kind kind, String meaning, String remedy) {
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
