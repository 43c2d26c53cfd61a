package dev.fairlead.inventory.read;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.DocumentCode;
import dev.fairlead.document.tree.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Files of `NAME=value` lines; later files win.
final class EnvFiles {
    private static final Pattern LINE =
            Pattern.compile("\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=(.*)");

    private EnvFiles() {}

    static Map<String, String> read(List<Node.Scalar> paths, StackFiles files, Problems problems) {
        var values = new LinkedHashMap<String, String>();
        for (var path : paths) {
            var name = path.printed();
            boolean optional = name.endsWith("?");
            var file = optional ? name.substring(0, name.length() - 1) : name;
            try {
                if (!optional || files.exists(file, path.place())) {
                    values.putAll(lines(files.read(file, path.place()), problems));
                }
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        return values;
    }

    private static Map<String, String> lines(Source source, Problems problems) {
        var values = new LinkedHashMap<String, String>();
        for (int number = 1; number <= source.lines(); number++) {
            var line = source.line(number);
            if (line.isBlank() || line.stripLeading().startsWith("#")) {
                continue;
            }
            var found = LINE.matcher(line);
            if (found.matches()) {
                values.put(found.group(1), value(found.group(2).strip()));
            } else {
                // The line itself may hold a secret: the message shows none of it, and its place
                // has no excerpt.
                problems.add(
                        Problem.error(
                                DocumentCode.WRONG_VALUE,
                                new Source(source.name(), "\n".repeat(number)).at(number, 1),
                                "a line of an env file must be NAME=value"));
            }
        }
        return values;
    }

    private static String value(String text) {
        if (text.length() >= 2 && text.startsWith("'") && text.endsWith("'")) {
            return text.substring(1, text.length() - 1);
        } else if (text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")) {
            return text.substring(1, text.length() - 1)
                    .replace("\\n", "\n")
                    .replace("\\\"", "\"")
                    .replace("\\\\", "\\");
        }
        int comment = text.indexOf(" #");
        return comment < 0 ? text : text.substring(0, comment).strip();
    }
}
