import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Run while the distribution is made: writes out what our classes would have made when they are first used, namely the
/// tests of a `switch` over types, and `equals` and `hashCode` of records.
///
/// An AOT cache of JDK 25 holds the call sites of lambdas and of joined strings, but not these. Each start would make them
/// anew, as classes of their own, one or two milliseconds each: a third of a `validate`. What the code does stays the same
/// (`SwitchBootstraps.typeSwitch` and `ObjectMethods.bootstrap` say what that is).
public final class PlainBootstraps {
    private static final int PRIVATE_STATIC =
            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;
    private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");

    private final ClassFile compiler;

    private PlainBootstraps(ClassLoader loader) {
        var resolver =
                ClassHierarchyResolver.ofResourceParsing(loader)
                        .orElse(ClassHierarchyResolver.defaultResolver());
        compiler = ClassFile.of(ClassHierarchyResolverOption.of(resolver));
    }

    /// @param arguments the folder of the distribution's jars
    public static void main(String[] arguments) throws IOException {
        var all = new ArrayList<Path>();
        try (var files = Files.newDirectoryStream(Path.of(arguments[0]), "*.jar")) {
            files.forEach(all::add);
        }
        var urls = new ArrayList<URL>();
        for (var jar : all) {
            urls.add(jar.toUri().toURL());
        }
        try (var loader = new URLClassLoader(urls.toArray(URL[]::new))) {
            for (var jar : all) {
                if (jar.getFileName().toString().startsWith("fairlead")) {
                    new PlainBootstraps(loader).rewrite(jar);
                }
            }
        }
    }

    private void rewrite(Path jar) throws IOException {
        var draft = Files.createTempFile(jar.toAbsolutePath().getParent(), "plain", ".tmp");
        Files.copy(jar, draft, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        try (var files = FileSystems.newFileSystem(URI.create("jar:" + draft.toUri()), Map.of());
                var entries = Files.walk(files.getPath("/"))) {
            for (var entry : entries.filter(path -> path.toString().endsWith(".class")).toList()) {
                var time = Files.getLastModifiedTime(entry);
                var model = compiler.parse(Files.readAllBytes(entry));
                var sites = new ArrayList<DynamicCallSiteDesc>();
                var plain = compiler.transformClass(model, plain(model, sites));
                if (!sites.isEmpty()) {
                    Files.write(entry, plain);
                    Files.setLastModifiedTime(entry, time);
                }
            }
        }
        Files.move(draft, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static ClassTransform plain(ClassModel model, List<DynamicCallSiteDesc> sites) {
        var owner = model.thisClass().asSymbol();
        boolean isInterface = model.flags().has(java.lang.reflect.AccessFlag.INTERFACE);
        return ClassTransform.transformingMethodBodies((code, element) ->
                        call(owner, isInterface, sites, code, element))
                .andThen(ClassTransform.endHandler(builder -> {
                    for (int i = 0; i < sites.size(); i++) {
                        var site = sites.get(i);
                        builder.withMethodBody(
                                name(i), site.invocationType(), PRIVATE_STATIC, code -> body(code, owner, site));
                    }
                }));
    }

    private static void call(
            ClassDesc owner, boolean isInterface, List<DynamicCallSiteDesc> sites, CodeBuilder code, CodeElement element) {
        if (element instanceof InvokeDynamicInstruction dynamic && isKnown(dynamic)) {
            var site = DynamicCallSiteDesc.of(
                    dynamic.bootstrapMethod(),
                    dynamic.name().stringValue(),
                    dynamic.typeSymbol(),
                    dynamic.bootstrapArgs().toArray(ConstantDesc[]::new));
            code.invokestatic(owner, name(sites.size()), dynamic.typeSymbol(), isInterface);
            sites.add(site);
        } else {
            code.with(element);
        }
    }

    private static String name(int number) {
        return "plain$" + number;
    }

    private static boolean isKnown(InvokeDynamicInstruction dynamic) {
        var maker = dynamic.bootstrapMethod();
        return switch (maker.owner().displayName() + "." + maker.methodName()) {
            case "SwitchBootstraps.typeSwitch" ->
                    dynamic.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance);
            case "ObjectMethods.bootstrap" -> !dynamic.name().equalsString("toString");
            default -> false;
        };
    }

    private static void body(CodeBuilder code, ClassDesc owner, DynamicCallSiteDesc site) {
        switch (site.invocationName()) {
            case "typeSwitch" -> which(code, site);
            case "equals" -> same(code, owner, fields(site));
            default -> hash(code, owner, fields(site));
        }
    }

    /// The number of the first label from `restart` on that the value is an instance of; -1 for null.
    private static void which(CodeBuilder code, DynamicCallSiteDesc site) {
        code.aload(0).ifThen(java.lang.classfile.Opcode.IFNULL, none -> none.iconst_m1().ireturn());
        var labels = site.bootstrapArgs();
        for (int i = 0; i < labels.length; i++) {
            int number = i;
            var next = code.newLabel();
            code.iload(1).loadConstant(number).if_icmpgt(next);
            code.aload(0).instanceOf((ClassDesc) labels[i]).ifeq(next);
            code.loadConstant(number).ireturn();
            code.labelBinding(next);
        }
        code.loadConstant(labels.length).ireturn();
    }

    private record Field(String name, ClassDesc type) {}

    private static List<Field> fields(DynamicCallSiteDesc site) {
        return Arrays.stream(site.bootstrapArgs())
                .filter(DirectMethodHandleDesc.class::isInstance)
                .map(DirectMethodHandleDesc.class::cast)
                .map(getter -> new Field(getter.methodName(), getter.invocationType().returnType()))
                .toList();
    }

    private static void same(CodeBuilder code, ClassDesc owner, List<Field> fields) {
        var differ = code.newLabel();
        code.aload(1).instanceOf(owner).ifeq(differ);
        for (var field : fields) {
            code.aload(0).getfield(owner, field.name(), field.type());
            code.aload(1).checkcast(owner).getfield(owner, field.name(), field.type());
            if (field.type().isPrimitive()) {
                var box = box(field.type());
                code.invokestatic(box, "compare", MethodTypeDesc.of(CD_int, field.type(), field.type())).ifne(differ);
            } else {
                code.invokestatic(OBJECTS, "equals", MethodTypeDesc.of(CD_boolean, CD_Object, CD_Object)).ifeq(differ);
            }
        }
        code.iconst_1().ireturn().labelBinding(differ).iconst_0().ireturn();
    }

    private static void hash(CodeBuilder code, ClassDesc owner, List<Field> fields) {
        code.iconst_0();
        for (var field : fields) {
            code.bipush(31).imul().aload(0).getfield(owner, field.name(), field.type());
            if (field.type().isPrimitive()) {
                code.invokestatic(box(field.type()), "hashCode", MethodTypeDesc.of(CD_int, field.type()));
            } else {
                code.invokestatic(OBJECTS, "hashCode", MethodTypeDesc.of(CD_int, CD_Object));
            }
            code.iadd();
        }
        code.ireturn();
    }

    private static ClassDesc box(ClassDesc primitive) {
        return switch (TypeKind.from(primitive)) {
            case BOOLEAN -> ClassDesc.of("java.lang.Boolean");
            case BYTE -> ClassDesc.of("java.lang.Byte");
            case CHAR -> ClassDesc.of("java.lang.Character");
            case SHORT -> ClassDesc.of("java.lang.Short");
            case INT -> ClassDesc.of("java.lang.Integer");
            case LONG -> ClassDesc.of("java.lang.Long");
            case FLOAT -> ClassDesc.of("java.lang.Float");
            default -> ClassDesc.of("java.lang.Double");
        };
    }
}
