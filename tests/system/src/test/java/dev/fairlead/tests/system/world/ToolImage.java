package dev.fairlead.tests.system.world;

import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The files of one image that holds Fairlead, a JDK and busybox, from what this machine has: in `tools` of a stack's folder,
/// which is not synced.
public final class ToolImage {
    /// `images` of a stack that uses it, for Fairlead itself and as toolchain.
    public static final String IMAGES =
            """
            images:
              fairlead: { type: build, context: tools, from: scratch, layers: [ { files: "tools/**", into: / } ] }
            """;

    /// Its Java.
    public static final String JAVA = "/opt/fairlead/jre/bin/";

    private static final String MODULES =
            "java.base,java.sql,java.net.http,java.naming,java.management,jdk.unsupported,jdk.compiler,jdk.httpserver";
    private static final List<String> LIBRARIES =
            List.of(
                    "/lib64/ld-linux-x86-64.so.2",
                    "/lib/x86_64-linux-gnu/libc.so.6",
                    "/lib/x86_64-linux-gnu/libm.so.6",
                    "/lib/x86_64-linux-gnu/libdl.so.2",
                    "/lib/x86_64-linux-gnu/librt.so.1",
                    "/lib/x86_64-linux-gnu/libpthread.so.0");

    private ToolImage() {}

    public static void into(Sandbox sandbox) throws IOException, InterruptedException {
        var root = sandbox.folder().resolve("tools");
        var home = root.resolve("opt/fairlead");
        Files.createDirectories(home);
        var jlink =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/jlink").toString(),
                                "--add-modules",
                                MODULES,
                                "--strip-debug",
                                "--no-man-pages",
                                "--no-header-files",
                                "--output",
                                home.resolve("jre").toString())
                        .inheritIO()
                        .start();
        if (!jlink.waitFor(5, TimeUnit.MINUTES) || jlink.exitValue() != 0) {
            throw new AssertionError("jlink failed");
        }
        var jars = Files.createDirectories(home.resolve("lib"));
        var from = Repository.root().resolve("cmd/fairlead/target/dist/lib");
        try (var all = Files.list(from)) {
            for (var jar : all.filter(jar -> !jar.toString().contains("postgres-bin")).toList()) {
                Files.copy(jar, jars.resolve(jar.getFileName()));
            }
        }
        for (var library : LIBRARIES) {
            copy(Path.of(library), root.resolve(library.substring(1)));
        }
        copy(Path.of("/bin/busybox"), root.resolve("bin/busybox"));
        sandbox.write(".fairleadignore", "tools/\n");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from.toRealPath(), to, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
