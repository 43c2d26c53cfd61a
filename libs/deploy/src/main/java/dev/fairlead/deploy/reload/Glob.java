package dev.fairlead.deploy.reload;

import java.util.regex.Pattern;

/// A glob as a regular expression over paths with `/` between their parts. `*` and `?` stay within a part, a part `**`
/// stands for any number of them, none included; `[abc]`, `[!abc]` and `{a,b}` as in a shell.
final class Glob {
    private Glob() {}

    static Pattern compile(String glob) {
        var regex = new StringBuilder();
        int braces = 0;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            switch (c) {
                case '*' -> {
                    boolean many = glob.startsWith("**", i);
                    boolean wholePart = many && (i == 0 || glob.charAt(i - 1) == '/');
                    if (wholePart && glob.startsWith("**/", i)) {
                        regex.append("(?:.*/)?");
                        i += 2;
                    } else {
                        regex.append(many ? ".*" : "[^/]*");
                        i += many ? 1 : 0;
                    }
                }
                case '?' -> regex.append("[^/]");
                case '[' -> i = set(glob, i, regex);
                case '{' -> {
                    regex.append("(?:");
                    braces++;
                }
                case '}' -> {
                    regex.append(braces > 0 ? ")" : "\\}");
                    braces = Math.max(0, braces - 1);
                }
                case ',' -> regex.append(braces > 0 ? "|" : ",");
                case '\\' -> {
                    i++;
                    regex.append(
                            Pattern.quote(i < glob.length() ? glob.substring(i, i + 1) : "\\"));
                }
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.append(")".repeat(braces)).toString());
    }

    /// @return the index of the bracket that closes the set
    private static int set(String glob, int start, StringBuilder regex) {
        int end = glob.indexOf(']', start + 2);
        if (end < 0) {
            regex.append("\\[");
            return start;
        }
        var members = glob.substring(start + 1, end).replace("\\", "\\\\").replace("[", "\\[");
        regex.append(members.startsWith("!") ? "[^/" + members.substring(1) : "[" + members);
        regex.append(']');
        return end;
    }

    /// The folder that everything it matches lies in: the parts before the first that is not plain.
    static String base(String glob) {
        int plain = 0;
        while (plain < glob.length() && "*?[{\\".indexOf(glob.charAt(plain)) < 0) {
            plain++;
        }
        int slash = glob.lastIndexOf('/', plain == glob.length() ? plain : plain - 1);
        return slash < 0 ? "" : glob.substring(0, slash);
    }
}
