package dev.fairlead.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Code;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// `docs/reference/errors.md`: one section per code of every library on the command's class path.
class ErrorsPageTest {
    @Test
    void everyCodeHasItsSection() throws IOException {
        Committed.check("errors.md", page(codes()));
    }

    @Test
    void aCodeOfSeveralLibrariesIsOfOneKind() throws IOException {
        var seen = new TreeMap<String, Code>();
        for (var code : codes()) {
            var former = seen.putIfAbsent(code.name(), code);
            assertThat(former == null ? code.kind() : former.kind())
                    .as(code.name())
                    .isEqualTo(code.kind());
            assertThat(code.meaning()).as(code.name()).endsWith(".");
            assertThat(code.remedy()).as(code.name()).endsWith(".");
        }
    }

    private static String page(List<Code> codes) {
        var page =
                new StringBuilder(
                        """
                        <!-- Generated from the enums that implement Code; not edited by hand. -->
                        # Errors

                        Each problem is shown as `error[CODE] file:line:column what`, with the line of the file and a hint; with `-o json` as an
                        object ([json.md](json.md)). The kind of the code decides the exit code:

                        | kind | exit code | whose turn it is |
                        | --- | --- | --- |
                        | USER | 1 | the input is wrong: correct it |
                        | SURROUNDINGS | 3 | disk, network, cluster or database failed: see to it, then run again |
                        | NOT_READY | 4 | something was not ready in time, or a step failed: `fairlead explain` says why |
                        | BUSY | 5 | somebody else is at work, or the plan is stale: wait, or plan again |
                        | REFUSED | 6 | an approval, a confirmation or a right is missing |
                        | BUG | 70 | a defect of Fairlead: please report it |
                        | INTERRUPTED | 130 | interrupted; the state is kept, the next run goes on |

                        0 is done; 2 is "there are differences", only with `--exit-code`.
                        """);
        var former = "";
        for (var code : codes) {
            if (!code.name().equals(former)) {
                page.append("\n## ").append(code.name()).append('\n');
                page.append("Kind ").append(code.kind()).append(", exit code ");
                page.append(code.kind().exitCode()).append(".\n");
                former = code.name();
            }
            page.append('\n');
            page.append(code.meaning()).append("\n\n");
            page.append("What to do: ").append(code.remedy()).append('\n');
        }
        return page.toString();
    }

    /// Every constant of every enum on the class path that implements {@link Code}, by name; once, also where the class
    /// path names a module's folder and its jar.
    private static List<Code> codes() throws IOException {
        var found = new LinkedHashSet<Code>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            for (var name : classes(Path.of(entry))) {
                var type = load(name);
                if (type.isEnum() && Code.class.isAssignableFrom(type) && isPublished(type)) {
                    for (var constant : type.getEnumConstants()) {
                        found.add((Code) constant);
                    }
                }
            }
        }
        var codes = new ArrayList<>(found);
        codes.sort(
                Comparator.comparing(Code::name).thenComparing(code -> code.getClass().getName()));
        return codes;
    }

    private static boolean isPublished(Class<?> type) {
        return Modifier.isPublic(type.getModifiers());
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ErrorsPageTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private static List<String> classes(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            return entry.endsWith("test-classes") ? List.of() : classesBelow(entry);
        }
        if (!Files.exists(entry) || !entry.getFileName().toString().startsWith("fairlead-")) {
            return List.of();
        }
        try (var jar = FileSystems.newFileSystem(URI.create("jar:" + entry.toUri()), Map.of())) {
            return classesBelow(jar.getPath("/"));
        }
    }

    private static List<String> classesBelow(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.map(file -> root.relativize(file).toString().replace('/', '.'))
                    .filter(name -> name.startsWith("dev.fairlead.") && name.endsWith("Code.class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList();
        }
    }
}
