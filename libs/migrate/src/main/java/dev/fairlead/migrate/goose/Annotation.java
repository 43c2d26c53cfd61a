package dev.fairlead.migrate.goose;

import dev.fairlead.diagnostic.Nearest;
import java.util.Arrays;
import java.util.List;

/// The annotations of goose.
enum Annotation {
    UP("Up"),
    DOWN("Down"),
    STATEMENT_BEGIN("StatementBegin"),
    STATEMENT_END("StatementEnd"),
    NO_TRANSACTION("NO TRANSACTION"),
    ENVSUB_ON("ENVSUB ON"),
    ENVSUB_OFF("ENVSUB OFF");

    private static final String MARK = "+goose";

    private final String words;

    Annotation(String words) {
        this.words = words;
    }

    /// Whether goose takes a line for an annotation, right or wrong.
    static boolean isOne(String line) {
        return line.contains(MARK) && GoText.trim(line).startsWith("--");
    }

    /// The annotation of a line that {@link #isOne}.
    ///
    /// @throws Refused in goose's words when it is wrong
    static Annotation of(String line) throws Refused {
        if (line.startsWith(" ") || line.startsWith("\t")) {
            throw new Refused(
                    GoText.quoted(line) + " contains leading whitespace: invalid annotation",
                    "begin the annotation in the first column");
        }
        var dashless = line.replace("--", "");
        int mark = dashless.indexOf(MARK);
        var rest = dashless.substring(0, mark) + dashless.substring(mark + MARK.length());
        if (rest.contains(MARK)) {
            throw new Refused(
                    GoText.quoted(rest)
                            + " contains multiple '+goose' annotations: invalid annotation",
                    "write one annotation a line");
        }
        var words = GoText.trim(rest);
        if (words.isEmpty()) {
            throw new Refused("empty annotation", known());
        }
        for (var annotation : values()) {
            if (GoText.equalFold(annotation.words, words)) {
                return annotation;
            }
        }
        throw new Refused(
                GoText.quoted(words) + " not supported: invalid annotation",
                Nearest.hint(words, names()).orElse(known()));
    }

    private static List<String> names() {
        return Arrays.stream(values()).map(annotation -> annotation.words).toList();
    }

    private static String known() {
        return "known are " + String.join(", ", names());
    }

    /// An annotation that goose refuses.
    static final class Refused extends Exception {
        private final String hint;

        Refused(String what, String hint) {
            super(what, null, false, false);
            this.hint = hint;
        }

        String hint() {
            return hint;
        }

        String what() {
            return String.valueOf(getMessage());
        }
    }
}
