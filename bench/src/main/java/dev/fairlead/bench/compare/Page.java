package dev.fairlead.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `docs/performance.md`: prose by hand, and sections between marks that are written by a run.
record Page(Path file, LocalDate today) {
    /// Writes the section `name`; the marks must be there.
    void write(String name, String command, String figures) throws IOException {
        var begin = "<!-- begin " + name + " -->\n";
        var end = "<!-- end " + name + " -->";
        var text = Files.readString(file);
        if (!text.contains(begin) || !text.contains(end)) {
            throw new IOException(
                    file + " has no section between " + begin.strip() + " and " + end);
        }
        var section =
                "%s\n\nMeasured on %s on %s by `%s`.\n"
                        .formatted(figures.stripTrailing(), today, machine(), command);
        var marks =
                Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL);
        var replaced =
                marks.matcher(text)
                        .replaceFirst(match -> Matcher.quoteReplacement(begin + section + end));
        Files.writeString(file, replaced);
        System.out.println("\n## " + name + "\n\n" + section);
    }

    private static String machine() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            var model =
                    lines.filter(line -> line.startsWith("model name"))
                            .map(line -> line.substring(line.indexOf(':') + 1).strip())
                            .findFirst()
                            .orElse(System.getProperty("os.arch"));
            return "%d cores of %s, %s %s, JDK %s"
                    .formatted(
                            Runtime.getRuntime().availableProcessors(),
                            model,
                            System.getProperty("os.name"),
                            System.getProperty("os.version"),
                            Runtime.version());
        }
    }
}
