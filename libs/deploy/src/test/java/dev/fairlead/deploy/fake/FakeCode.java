package dev.fairlead.deploy.fake;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// What can be wrong with a {@link FakeWorld}.
public enum FakeCode implements Code {
    NO_SPACE;

    @Override
    public Kind kind() {
        return Kind.SURROUNDINGS;
    }

    @Override
    public String meaning() {
        return "The disk is full.";
    }

    @Override
    public String remedy() {
        return "Make room.";
    }
}
