package dev.fairlead.tests.system.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.image.ImageWorkshop;
import dev.fairlead.inventory.image.Image;
import dev.fairlead.inventory.image.Inputs;
import dev.fairlead.inventory.image.Recipe;
import dev.fairlead.target.local.postgres.Binaries;
import dev.fairlead.testcluster.TestRegistry;
import dev.fairlead.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Base images of what this machine has, in place of those of public registries: a Java runtime, a PostgreSQL that is
/// started like the official one, busybox. Their files and layers are made once for all tests of a build.
public final class BaseImages {
    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x");
    private static final String MODULES =
            "java.base,java.sql,java.net.http,java.naming,java.management,jdk.compiler,jdk.httpserver,jdk.unsupported";

    /// What the official image does with the variables of the same names.
    private static final String START =
            """
            #!/bin/sh
            set -e
            mkdir -p /tmp && chmod 1777 /tmp
            if [ ! -s "$PGDATA/PG_VERSION" ]; then
              mkdir -p "$PGDATA" && chown -R 70:70 "$PGDATA" && chmod 700 "$PGDATA"
              chmod 755 "$(dirname "$PGDATA")"   # a volume of the cluster's own provisioner is closed to others
              printf '%s' "$POSTGRES_PASSWORD" >/tmp/password && chmod 644 /tmp/password
              as() { su postgres -s /bin/sh -c "$1"; }
              as "/pg/bin/initdb -D '$PGDATA' -U '$POSTGRES_USER' -A scram-sha-256 --pwfile=/tmp/password -E UTF8 --locale=C --no-sync"
              echo 'host all all all scram-sha-256' >>"$PGDATA/pg_hba.conf"
              if [ "$POSTGRES_DB" != "$POSTGRES_USER" ] || [ -n "$POSTGRES_DB" ]; then
                as "echo 'CREATE DATABASE \\"$POSTGRES_DB\\"' | /pg/bin/postgres --single -D '$PGDATA' postgres"
              fi
              rm -f /tmp/password
            fi
            exec su postgres -s /bin/sh -c "exec /pg/bin/postgres -D '$PGDATA' -k /tmp -c listen_addresses='*' -c fsync=off"
            """;

    private static final String IS_READY =
            "#!/bin/sh\nexec grep -q '^ready' \"$PGDATA/postmaster.pid\"\n";

    private final TestRegistry registry;
    private final Path folder = Repository.root().resolve("tests/system/target/bases");

    public BaseImages(TestRegistry registry) {
        this.registry = registry;
    }

    /// Pushes a Java runtime with its compiler.
    public String java() throws IOException, InterruptedException {
        var jdk = Path.of(System.getProperty("java.home"));
        once("java", root -> java(root, jdk));
        return pushed("java", List.of());
    }

    private interface Making {
        void in(Path root) throws IOException, InterruptedException;
    }

    /// What was made by half is not taken for the whole.
    private void once(String name, Making making) throws IOException, InterruptedException {
        var root = folder.resolve(name);
        if (!Files.isDirectory(root)) {
            var draft = Files.createTempDirectory(Files.createDirectories(folder), name);
            making.in(draft);
            Files.move(draft, root);
        }
    }

    private static void java(Path root, Path jdk) throws IOException, InterruptedException {
        run(
                jdk.resolve("bin/jlink").toString(),
                "--add-modules",
                MODULES,
                "--strip-debug",
                "--no-man-pages",
                "--no-header-files",
                "--output",
                root.resolve("usr").toString()); // a home of / is none to Java
        libraries(root, jdk.resolve("bin/java"), jdk.resolve("lib/server/libjvm.so"));
    }

    /// Pushes PostgreSQL.
    public String postgres() throws IOException, InterruptedException {
        once("postgres", this::postgres);
        return pushed("postgres", List.of("/start"));
    }

    private void postgres(Path root) throws IOException, InterruptedException {
        var installed = new Binaries(folder.resolve("cache")).require().getParent();
        copy(installed, root.resolve("pg"));
        libraries(root, installed.resolve("bin/postgres"), installed.resolve("bin/initdb"));
        busybox(root);
        write(root.resolve("etc/passwd"), "root:x:0:0::/:/bin/sh\npostgres:x:70:70::/:/bin/sh\n");
        write(root.resolve("etc/group"), "root:x:0:\npostgres:x:70:\n");
        program(root.resolve("start"), START);
        program(root.resolve("bin/pg_isready"), IS_READY);
    }

    /// Pushes busybox.
    public String busybox() throws IOException, InterruptedException {
        once("busybox", BaseImages::busybox);
        return pushed("busybox", List.of());
    }

    private static void busybox(Path root) throws IOException {
        var binary = Path.of("/bin/busybox");
        for (var name : List.of("busybox", "sh")) {
            var to = root.resolve("bin").resolve(name);
            Files.createDirectories(to.getParent());
            Files.copy(binary, to, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private String pushed(String name, List<String> command) throws InterruptedException {
        var recipe =
                new Recipe.Layered(
                        folder,
                        folder.resolve(name),
                        Optional.empty(),
                        List.of(),
                        List.of(new Recipe.Layer(name + "/**", "/", false)),
                        command);
        var place = new Place(new Source("base images", ""), 1, 1);
        var image =
                new Image.Built(
                        name,
                        place,
                        registry.host() + "/base/" + name,
                        Inputs.digest(recipe, place),
                        recipe);
        try (var workshop = new ImageWorkshop(Map.of(), folder.resolve("cache"))) {
            workshop.make(image, true, _ -> {});
        }
        return image.reference();
    }

    /// The shared libraries of programs, to where the loader looks for them.
    private static void libraries(Path root, Path... programs)
            throws IOException, InterruptedException {
        var needed = new TreeSet<String>();
        for (var program : programs) {
            var said = run("ldd", program.toString());
            var own =
                    program.getParent()
                            .getParent(); // what a program brings along is copied with it
            LIBRARY.matcher(said)
                    .results()
                    .map(found -> Path.of(found.group(1)).normalize())
                    .filter(library -> !library.startsWith(own))
                    .forEach(library -> needed.add(library.toString()));
        }
        for (var library : needed) {
            var to = root.resolve(library.substring(1));
            Files.createDirectories(to.getParent());
            Files.copy(Path.of(library).toRealPath(), to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file.toRealPath(), copy, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void program(Path file, String text) throws IOException {
        write(file, text);
        if (!file.toFile().setExecutable(true, false)) {
            throw new IOException(file + " cannot be made a program");
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(command));
        var process = new ProcessBuilder(all).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (!process.waitFor(5, TimeUnit.MINUTES) || process.exitValue() != 0) {
            throw new AssertionError(String.join(" ", all) + ": " + said);
        }
        return said;
    }
}
