package dev.fairlead.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.Repository;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Documents that must be true, because something fails when they are not.
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]+)(#[^)\\s]*)?\\)");
    private static final Pattern COMMAND =
            Pattern.compile("(?:^|`)\\./fairlead ([a-z]+)", Pattern.MULTILINE);
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
    private static final Pattern MODULE_ROW = Pattern.compile("\\| `([a-z0-9/-]+)/` \\|.*");

    /// Paths of somebody's machine: the project stands alone.
    private static final Pattern FOREIGN =
            Pattern.compile("(?<![\\w.:/$}-])/(?:work|root|home|farm)/\\w|/tmp/bash_jobs");

    @Test
    void readmeIsShortAndStartsWithTheTwoCommands() {
        var lines = Sources.read("README.md").lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(150);
        var top = String.join("\n", lines.subList(0, 15));
        assertThat(top).contains("./fairlead up examples/guestbook").contains("./mvnw verify");
    }

    @Test
    void ciRunsExactlyTheTestCommandOfReadme() {
        var last = Sources.read(".ci/run").lines().toList().getLast();
        assertThat(last).isEqualTo("exec ./mvnw verify");
    }

    @Test
    void theCommandsOfTheDocumentsExist() {
        var reference = Sources.read("docs/reference/cli.md");
        var unknown = new TreeSet<String>();
        for (var page : pages()) {
            var command = COMMAND.matcher(Sources.read(page));
            while (command.find()) {
                if (!reference.contains("\n## fairlead " + command.group(1))) {
                    unknown.add(Sources.name(page) + ": fairlead " + command.group(1));
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void everyLinkLeadsSomewhere() {
        var broken = new ArrayList<String>();
        for (var page : pages()) {
            var link = LINK.matcher(Sources.read(page).replaceAll("(?s)```.*?```", ""));
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    broken.add(Sources.name(page) + " -> " + link.group(1));
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    @Covers({"CP-08", "DOC-01"})
    void theArchitectureNamesExactlyTheModules() {
        var modules = new TreeSet<String>();
        var module = MODULE.matcher(Sources.read("pom.xml"));
        while (module.find()) {
            modules.add(module.group(1));
        }
        var named = new TreeSet<String>();
        Sources.read("docs/architecture.md")
                .lines()
                .forEach(line -> {
                    var row = MODULE_ROW.matcher(line);
                    if (row.matches()) {
                        named.add(row.group(1));
                    }
                });
        assertThat(named).isEqualTo(modules);
    }

    @Test
    @Covers("TPL-02")
    void decisionsHaveOneForm() {
        var wrong = new ArrayList<String>();
        for (var page : Sources.list(name -> name.matches("docs/adr/\\d{4}-.*\\.md"))) {
            var text = Sources.read(page);
            for (var part :
                    List.of(
                            "\nStatus: ",
                            "\n## Context\n",
                            "\n## Decision\n",
                            "\n## Consequences\n")) {
                if (!text.contains(part)) {
                    wrong.add(Sources.name(page) + " lacks " + part.strip());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(Repository.root().resolve("docs/adr/0003-partials-are-named.md")).exists();
    }

    @Test
    void nothingNamesAPlaceOutsideTheProject() {
        var foreign = new ArrayList<String>();
        for (var file : Sources.list(DocumentsTest::isText)) {
            if (file.getFileName().toString().equals("DocumentsTest.java")) {
                continue;
            }
            Sources.read(file)
                    .lines()
                    .filter(line -> FOREIGN.matcher(line).find())
                    .forEach(line -> foreign.add(Sources.name(file) + ": " + line.strip()));
        }
        assertThat(foreign).isEmpty();
    }

    private static List<java.nio.file.Path> pages() {
        return Sources.list(name -> name.endsWith(".md"));
    }

    private static boolean isText(String name) {
        return name.matches(".*\\.(java|md|ya?ml|tpl|xml|sh|html|js|ts|css|json|go|properties)")
                || name.equals("mvnw")
                || name.equals("fairlead");
    }
}
