package dev.fairlead.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/// Size budgets that are never raised: need more, split.
class BudgetTest {
    private static final int FILE = 400;
    private static final int TEST_FILE = 600;
    private static final int METHOD = 40;
    private static final int PARAMETERS = 5;
    private static final Pattern NOT_CODE =
            Pattern.compile("\\s*(|//.*|\\*.*|/\\*.*|import .*|package .*)");

    private final List<Path> javaFiles =
            Sources.list(name ->
                    name.endsWith(".java")
                            && !name.startsWith("examples/")
                            && !name.contains("/generated/"));

    @Test
    void noFileIsTooLongToRead() {
        var tooLong = new ArrayList<String>();
        for (var file : javaFiles) {
            var name = Sources.name(file);
            long lines = codeLines(Sources.read(file));
            if (lines > (name.contains("/src/test/") ? TEST_FILE : FILE)) {
                tooLong.add(name + ": " + lines + " code lines");
            }
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void noMethodIsTooLongAndNoneTakesTooMuch() throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var wrong = new ArrayList<String>();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var main =
                    javaFiles.stream()
                            .filter(file -> Sources.name(file).contains("/src/main/"))
                            .toList();
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    null,
                                    null,
                                    files.getJavaFileObjectsFromPaths(main));
            var positions = Trees.instance(task).getSourcePositions();
            for (var unit : task.parse()) {
                new Methods(unit, positions, wrong).scan(unit, null);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static long codeLines(String text) {
        return text.lines().filter(line -> !NOT_CODE.matcher(line).matches()).count();
    }

    /// Looks at every method of one file; a record's canonical constructor may take as much as the record has.
    private static final class Methods extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> wrong;

        Methods(CompilationUnitTree unit, SourcePositions positions, List<String> wrong) {
            this.unit = unit;
            this.positions = positions;
            this.wrong = wrong;
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            boolean record = type.getKind() == com.sun.source.tree.Tree.Kind.RECORD;
            for (var member : type.getMembers()) {
                if (member instanceof MethodTree method) {
                    check(type, method, record && method.getReturnType() == null);
                }
            }
            return super.visitClass(type, null);
        }

        private void check(ClassTree type, MethodTree method, boolean ofRecord) {
            long start = positions.getStartPosition(unit, method);
            long end = positions.getEndPosition(unit, method);
            if (start < 0 || end < 0) {
                return; // made by the compiler
            }
            var name =
                    Path.of(unit.getSourceFile().toUri()).getFileName()
                            + " "
                            + type.getSimpleName()
                            + "."
                            + method.getName();
            try {
                long lines =
                        codeLines(
                                unit.getSourceFile()
                                        .getCharContent(true)
                                        .subSequence((int) start, (int) end)
                                        .toString());
                if (lines > METHOD) {
                    wrong.add(name + ": " + lines + " code lines");
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            if (!ofRecord && method.getParameters().size() > PARAMETERS) {
                wrong.add(name + ": " + method.getParameters().size() + " parameters");
            }
        }
    }
}
