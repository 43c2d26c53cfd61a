package dev.fairlead.template.parse;

/// Underscores in numbers may stand between digits, and after a base prefix.
final class Underscores {
    private Underscores() {}

    static boolean areWellPlaced(String text) {
        if (text.indexOf('_') < 0) {
            return true;
        }
        int at = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
        boolean hex = false;
        boolean afterDigit = false;
        boolean afterUnderscore = false;
        if (text.length() >= at + 2
                && text.charAt(at) == '0'
                && "bBoOxX".indexOf(text.charAt(at + 1)) >= 0) {
            hex = "xX".indexOf(text.charAt(at + 1)) >= 0;
            afterDigit = true;
            at += 2;
        }
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '_') {
                if (!afterDigit) {
                    return false;
                }
                afterUnderscore = true;
                afterDigit = false;
            } else if (c < 128 && Character.digit(c, hex ? 16 : 10) >= 0) {
                afterDigit = true;
                afterUnderscore = false;
            } else if (afterUnderscore) {
                return false;
            } else {
                afterDigit = false;
            }
        }
        return !afterUnderscore;
    }
}
