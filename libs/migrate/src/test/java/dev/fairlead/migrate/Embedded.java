package dev.fairlead.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import javax.tools.ToolProvider;
import org.postgresql.ds.PGSimpleDataSource;

/// A program of two snippets of a page, compiled exactly as they stand, in a jar with a migration.
record Embedded(Path jar) {
    static Embedded of(Path folder, String run, String ready) throws IOException {
        var source = folder.resolve("Shop.java");
        Files.writeString(source, """
            import dev.fairlead.migrate.Migrations;
            import javax.sql.DataSource;

            public final class Shop {
                public static boolean run(DataSource dataSource) throws InterruptedException {
            %s%s        outcome.problems().forEach(System.err::println);
                    return ready;
                }
            }
            """.formatted(run, ready));
        var compiler = ToolProvider.getSystemJavaCompiler();
        int result =
                compiler.run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        folder.toString(),
                        source.toString());
        assertThat(result).as(Files.readString(source)).isZero();
        var jar = folder.resolve("shop.jar");
        var uri = URI.create("jar:" + jar.toUri());
        try (var files = FileSystems.newFileSystem(uri, Map.of("create", "true"))) {
            Files.copy(folder.resolve("Shop.class"), files.getPath("Shop.class"));
            Files.createDirectory(files.getPath("migrations"));
            Files.writeString(
                    files.getPath("migrations/0001_users.sql"),
                    "-- +goose Up\nCREATE TABLE users (id bigint);\n");
        }
        return new Embedded(jar);
    }

    /// Whether it says that it is ready.
    boolean runs(String url) throws Exception {
        var source = new PGSimpleDataSource();
        source.setUrl("jdbc:" + url.replaceFirst("//[^@]*@", "//"));
        source.setUser("postgres");
        source.setPassword(dev.fairlead.migrate.server.PostgresServer.PASSWORD);
        try (var loader =
                new URLClassLoader(
                        new URL[] {jar.toUri().toURL()}, Embedded.class.getClassLoader())) {
            var run = loader.loadClass("Shop").getMethod("run", DataSource.class);
            return (boolean) run.invoke(null, source);
        }
    }
}
