import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassTransform;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Run while the distribution is made: lifts the classes of a jar that were compiled for Java 5 to the class file version
/// of Java 17, with the stack maps that it asks for.
///
/// picocli is compiled for Java 5. The JVM checks classes that old with its former verifier and leaves them out of every
/// AOT cache, so that each start of the command would read and check picocli anew: half of its time. Nothing but the
/// form of the same code changes.
public final class SplitVerified {
    private static final int STACK_MAPS_SINCE = 50;

    private SplitVerified() {}

    public static void main(String[] arguments) throws IOException {
        var jar = Path.of(arguments[0]);
        var lifted = Files.createTempFile(jar.toAbsolutePath().getParent(), "lifted", ".tmp");
        Files.copy(jar, lifted, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                var files = FileSystems.newFileSystem(URI.create("jar:" + lifted.toUri()), Map.of());
                var entries = Files.walk(files.getPath("/"))) {
            var resolver =
                    ClassHierarchyResolver.ofResourceParsing(loader)
                            .orElse(ClassHierarchyResolver.defaultResolver())
                            // What picocli can use but does not need (Groovy) is not there: any class will do.
                            .orElse(_ -> ClassHierarchyInfo.ofInterface());
            var compiler =
                    ClassFile.of(
                            StackMapsOption.GENERATE_STACK_MAPS,
                            ClassFile.ClassHierarchyResolverOption.of(resolver));
            for (var entry : entries.filter(path -> path.toString().endsWith(".class")).toList()) {
                var model = compiler.parse(Files.readAllBytes(entry));
                if (model.majorVersion() < STACK_MAPS_SINCE) {
                    var time = Files.getLastModifiedTime(entry);
                    Files.write(entry, compiler.transformClass(model, lifted()));
                    Files.setLastModifiedTime(entry, time);
                }
            }
        }
        Files.move(lifted, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    // The bodies are passed on one instruction at a time: left alone they would be copied without stack maps.
    private static ClassTransform lifted() {
        return ClassTransform.transformingMethodBodies((code, element) -> code.with(element))
                .andThen(ClassTransform.endHandler(builder -> builder.withVersion(ClassFile.JAVA_17_VERSION, 0)));
    }
}
