package dev.fairlead.template.format;

/// What stands between the `%` and the verb.
final class Flags {
    boolean sharp;
    boolean zero;
    boolean plus;
    boolean minus;
    boolean space;

    /// `%#v`
    boolean sharpV;

    /// `%+v`
    boolean plusV;

    /// Negative: none.
    int width = -1;

    /// Negative: none.
    int precision = -1;

    void clear() {
        sharp = false;
        zero = false;
        plus = false;
        minus = false;
        space = false;
        sharpV = false;
        plusV = false;
        width = -1;
        precision = -1;
    }

    void forVerbV() {
        sharpV = sharp;
        sharp = false;
        plusV = plus;
        plus = false;
    }
}
