package dev.fairlead.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.GeneratedPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// docs/requirements.md and the tests agree.
class RequirementsTest {
    private static final Pattern ROW =
            Pattern.compile("\\| ([A-Z]+-\\d+) \\| (.+?) \\| (\\w+) \\| ([\\w-]+) \\| (.*?) ?\\|");
    private static final Pattern CITATION =
            Pattern.compile("@Covers\\(\\s*\\{?([^)}]*)\\}?\\s*\\)");
    private static final Pattern ID = Pattern.compile("\"([A-Z]+-\\d+)\"");

    private record Row(String id, String what, String state, String issue, String evidence) {}

    private final List<Row> rows = rows();
    private final Map<String, SortedSet<String>> citations = citations();

    @Test
    @Covers("DOC-01")
    void everyCitationNamesARequirement() {
        assertThat(rows.stream().map(Row::id))
                .containsAll(citations.keySet())
                .doesNotHaveDuplicates();
    }

    @Test
    @Covers({"DOC-01", "DOC-02"})
    void whatIsDoneIsCitedByATestAndSaysWhereToSeeIt() {
        var wrong = new ArrayList<String>();
        for (var row : rows) {
            assertThat(row.state()).as(row.id()).isIn("done", "partly", "open");
            if (row.state().equals("open")) {
                continue;
            }
            if (!citations.containsKey(row.id())) {
                wrong.add(row.id() + " is " + row.state() + ", and no test cites it");
            }
            if (row.evidence().isBlank()) {
                wrong.add(
                        row.id()
                                + " is "
                                + row.state()
                                + ", and does not say where to see it work");
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theIssueMapIsCurrent() throws IOException {
        var page =
                new StringBuilder(
                        """
                        # Issue map

                        Generated from [requirements.md](requirements.md) and from the tests that cite its ids.

                        | id | issue | state | tests | evidence |
                        | --- | --- | --- | --- | --- |
                        """);
        for (var row : rows) {
            var tests = String.join(", ", citations.getOrDefault(row.id(), new TreeSet<>()));
            page.append(
                    "| %s | %s | %s | %s | %s |\n"
                            .formatted(row.id(), row.issue(), row.state(), tests, row.evidence()));
        }
        GeneratedPage.hold("docs/issue-map.md", page.toString());
    }

    private static List<Row> rows() {
        var rows = new ArrayList<Row>();
        Sources.read("docs/requirements.md")
                .lines()
                .forEach(line -> {
                    var match = ROW.matcher(line);
                    if (match.matches()) {
                        rows.add(
                                new Row(
                                        match.group(1),
                                        match.group(2),
                                        match.group(3),
                                        match.group(4),
                                        match.group(5)));
                    }
                });
        return rows;
    }

    /// Requirement id to the simple names of the test classes that cite it.
    private static Map<String, SortedSet<String>> citations() {
        var found = new TreeMap<String, SortedSet<String>>();
        for (var file :
                Sources.list(name -> name.endsWith(".java") && name.contains("/src/test/"))) {
            var type = file.getFileName().toString().replace(".java", "");
            var citation = CITATION.matcher(Sources.read(file));
            while (citation.find()) {
                var id = ID.matcher(citation.group(1));
                while (id.find()) {
                    found.computeIfAbsent(id.group(1), _ -> new TreeSet<>()).add(type);
                }
            }
        }
        return found;
    }
}
