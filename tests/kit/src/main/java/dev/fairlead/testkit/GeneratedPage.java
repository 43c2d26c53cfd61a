package dev.fairlead.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A committed page that is derived from code. The ordinary test run compares it; `-Dregenerate=true` writes it.
public final class GeneratedPage {
    private GeneratedPage() {}

    /// @param name the page's path relative to the root of the repository
    /// @param text what it must say
    /// @throws AssertionError when the committed page says something else
    public static void hold(String name, String text) throws IOException {
        Path page = Repository.root().resolve(name);
        if (Boolean.getBoolean("regenerate")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, text);
            return;
        }
        var committed = Files.exists(page) ? Files.readString(page) : "";
        if (!committed.equals(text)) {
            throw new AssertionError(
                    name
                            + " is not current; `./mvnw verify -Dregenerate=true` writes it. First difference:\n"
                            + firstDifference(committed, text));
        }
    }

    private static String firstDifference(String committed, String text) {
        var old = committed.lines().toList();
        var now = text.lines().toList();
        for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
            var before = i < old.size() ? old.get(i) : "(end)";
            var after = i < now.size() ? now.get(i) : "(end)";
            if (!before.equals(after)) {
                return "line " + (i + 1) + "\n  committed: " + before + "\n  generated: " + after;
            }
        }
        return "only line breaks differ";
    }
}
