package dev.fairlead.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.testkit.Covers;
import dev.fairlead.testkit.GeneratedPage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Every library has a reason and a licence that goes with ours; the catalogue is generated.
class DependenciesTest {
    private static final List<String> COMPATIBLE =
            List.of(
                    "Apache-2.0",
                    "MIT",
                    "BSD-2-Clause",
                    "BSD-3-Clause",
                    "EPL-2.0",
                    "0BSD",
                    "PostgreSQL",
                    "EPL-1.0",
                    "GPL-2.0-with-classpath-exception");

    private record Library(
            String artifact, String version, boolean testOnly, SortedSet<String> modules) {}

    private final Map<String, Library> libraries = libraries();

    @Test
    @Covers("CP-05")
    void everyLibraryHasAReasonAndACompatibleLicence() throws IOException {
        var reasons = reasons();
        assertThat(reasons.keySet())
                .as("reasons in dependencies.properties")
                .isEqualTo(libraries.keySet());
        for (var reason : reasons.entrySet()) {
            var parts = reason.getValue().split(" \\| ", 2);
            assertThat(parts).as("%s = LICENCE | reason", reason.getKey()).hasSize(2);
            assertThat(parts[0]).as("licence of %s", reason.getKey()).isIn(COMPATIBLE);
        }
    }

    @Test
    @Covers({"CP-05", "API-05"})
    void theCatalogueIsCurrent() throws IOException {
        var reasons = reasons();
        var page =
                new StringBuilder(
                        """
                        # Dependencies

                        Generated from the modules' poms and from the reasons in `tests/architecture/src/test/resources/dependencies.properties`. A library without a
                        reason fails the build. What these bring along in turn is listed in the software bill of materials (`./mvnw -q cyclonedx:makeAggregateBom`).

                        """);
        section(
                page,
                "In the command",
                libraries.values().stream().filter(library -> !library.testOnly()).toList(),
                reasons);
        section(
                page,
                "For tests, benchmarks and the build only",
                libraries.values().stream().filter(Library::testOnly).toList(),
                reasons);
        GeneratedPage.hold(
                "docs/reference/dependencies.md", page.toString().stripTrailing() + "\n");
    }

    private static void section(
            StringBuilder page,
            String title,
            List<Library> libraries,
            Map<String, String> reasons) {
        page.append("## ")
                .append(title)
                .append(
                        "\n\n| library | version | licence | why | module |\n| --- | --- | --- | --- | --- |\n");
        for (var library : libraries) {
            var parts = reasons.getOrDefault(library.artifact(), "? | ?").split(" \\| ", 2);
            page.append(
                    "| %s | %s | %s | %s | %s |\n"
                            .formatted(
                                    library.artifact(),
                                    library.version(),
                                    parts[0],
                                    parts[1],
                                    String.join(", ", library.modules())));
        }
        page.append('\n');
    }

    private static Map<String, String> reasons() throws IOException {
        var properties = new Properties();
        try (InputStream in =
                DependenciesTest.class.getResourceAsStream("/dependencies.properties")) {
            properties.load(in);
        }
        var sorted = new TreeMap<String, String>();
        properties.forEach((key, value) -> sorted.put((String) key, (String) value));
        return sorted;
    }

    /// The direct dependencies of all modules and what the compiler is extended with, by `group:artifact`.
    private static Map<String, Library> libraries() {
        var root = Pom.read("pom.xml");
        var libraries = new TreeMap<String, Library>();
        var poms = new ArrayList<Pom>(List.of(root));
        root.texts("/project/modules/module")
                .forEach(module -> poms.add(Pom.read(module + "/pom.xml")));
        for (var pom : poms) {
            for (var dependency : pom.dependencies("/project/dependencies/dependency")) {
                if (dependency.group().equals("dev.fairlead")) {
                    continue;
                }
                var managed = root.managed(dependency);
                boolean testOnly =
                        dependency.scope().or(managed::scope).orElse("compile").equals("test")
                                || pom.name().equals("bench")
                                || pom.name().startsWith("tests/");
                add(
                        libraries,
                        dependency.key(),
                        dependency.version().or(managed::version).orElse("?"),
                        testOnly,
                        pom.name());
            }
        }
        for (var path : root.dependencies("//annotationProcessorPaths/path")) {
            add(
                    libraries,
                    path.key(),
                    root.resolved(path.version().orElse("?")),
                    true,
                    "the build");
        }
        return libraries;
    }

    private static void add(
            Map<String, Library> libraries,
            String key,
            String version,
            boolean testOnly,
            String module) {
        var known = libraries.get(key);
        var modules = known == null ? new TreeSet<String>() : known.modules();
        modules.add(module.isEmpty() ? "every module" : module);
        libraries.put(
                key,
                new Library(
                        key, version, testOnly && (known == null || known.testOnly()), modules));
    }
}
