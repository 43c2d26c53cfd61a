package dev.fairlead.migrate.wild;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Severity;
import dev.fairlead.migrate.lint.Finding;
import dev.fairlead.migrate.lint.LintOptions;
import dev.fairlead.migrate.lint.Linter;
import dev.fairlead.migrate.lint.LiveFacts;
import dev.fairlead.testkit.Covers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules over whole histories of others.
class LintHistoriesTest {
    @TempDir private static Path folder;
    private static List<History> histories = List.of();

    @BeforeAll
    static void fetch() throws IOException, InterruptedException {
        histories = Histories.all(folder);
    }

    static List<History> histories() {
        return histories;
    }

    /// A deploy of an unchanged folder to a new database must not be stopped by what nobody can lose there.
    @ParameterizedTest
    @MethodSource("histories")
    @Covers("MIG-03")
    void onANewDatabaseNothingIsAnError(History history) {
        var empty = new LiveFacts(150_000, Map.of());
        var findings = Linter.lint(history.migrations(), empty, LintOptions.DEFAULTS);
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .extracting(LintHistoriesTest::line)
                .isEmpty();
    }

    /// Each file as it was when it was the next one. Without a database every table counts as large, so that there is
    /// much to say; printed, to be read.
    @ParameterizedTest
    @MethodSource("histories")
    void eachFileBehindThoseBeforeIt(History history) {
        var migrations = history.migrations();
        var all = new ArrayList<Finding>();
        for (int i = 0; i < migrations.size(); i++) {
            var options = LintOptions.DEFAULTS.after(migrations.subList(0, i));
            all.addAll(Linter.lint(migrations.subList(i, i + 1), LiveFacts.NONE, options));
        }
        var counts =
                all.stream()
                        .collect(
                                Collectors.groupingBy(
                                        finding -> finding.severity().word() + " " + finding.rule(),
                                        TreeMap::new,
                                        Collectors.counting()));
        assertThat(all).allMatch(finding -> finding.place().line() > 0);
        System.err.println(history.name() + ", " + migrations.size() + " files: " + counts);
        if (Boolean.getBoolean("findings")) {
            all.forEach(finding -> System.err.println(line(finding)));
        }
    }

    private static String line(Finding finding) {
        var file = finding.place().file();
        return "%s %s %s:%d %s"
                .formatted(
                        finding.severity().word(),
                        finding.rule(),
                        file.substring(file.lastIndexOf('/') + 1),
                        finding.place().line(),
                        finding.what());
    }
}
