package dev.fairlead.deploy.render;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Digest;
import dev.fairlead.inventory.unit.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.PatternSyntaxException;

/// {@link InputFiles} of the disk. Symbolic links are not followed; `.git` and `.fairlead` are never entered.
public final class MatchedFiles implements InputFiles {
    private static final Set<String> NEVER = Set.of(".git", ".fairlead");
    private static final int CHUNK = 1 << 16;

    @Override
    public String digest(Unit unit, Path folder, List<String> globs) {
        try {
            var files = new TreeMap<String, Path>();
            for (var glob : globs) {
                collect(folder, glob, files);
            }
            var sum = Digest.sha256();
            var buffer = new byte[CHUNK];
            for (var entry : files.entrySet()) {
                sum.update((entry.getKey() + "\0").getBytes(StandardCharsets.UTF_8));
                sum.update((Files.size(entry.getValue()) + "\0").getBytes(StandardCharsets.UTF_8));
                feed(sum, entry.getValue(), buffer);
            }
            return Digest.hex(sum);
        } catch (PatternSyntaxException e) {
            throw Problem.error(
                            DeployCode.INPUTS_UNREADABLE,
                            unit.place(),
                            "a glob in the inputs of "
                                    + unit.name()
                                    + " is wrong: "
                                    + e.getDescription())
                    .withHint(DeployCode.INPUTS_UNREADABLE.remedy())
                    .thrown();
        } catch (IOException e) {
            throw Problem.error(
                            DeployCode.INPUTS_UNREADABLE,
                            unit.place(),
                            "the inputs of " + unit.name() + " cannot be read: " + e.getMessage())
                    .withHint(DeployCode.INPUTS_UNREADABLE.remedy())
                    .thrown();
        }
    }

    private static void collect(Path folder, String glob, SortedMap<String, Path> into)
            throws IOException {
        int wild = firstWild(glob);
        if (wild < 0) {
            var file = folder.resolve(glob).normalize();
            if (file.startsWith(folder) && Files.isRegularFile(file)) {
                into.put(name(folder, file), file);
            }
            return;
        }
        var matcher = matcher(glob);
        int slash = glob.lastIndexOf('/', wild);
        var base = slash < 0 ? folder : folder.resolve(glob.substring(0, slash)).normalize();
        if (!base.startsWith(folder) || !Files.isDirectory(base)) {
            return;
        }
        Files.walkFileTree(
                base,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attrs) {
                        boolean never =
                                !dir.equals(base) && NEVER.contains(dir.getFileName().toString());
                        return never ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attrs) {
                        if (attrs.isRegularFile() && matcher.matches(folder.relativize(file))) {
                            into.put(name(folder, file), file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    // Java's `**/` wants at least one folder; everybody else's, ours too, also matches none.
    private static PathMatcher matcher(String glob) {
        return FileSystems.getDefault().getPathMatcher("glob:" + glob.replace("**/", "{**/,}"));
    }

    private static int firstWild(String glob) {
        for (int i = 0; i < glob.length(); i++) {
            if ("*?[{".indexOf(glob.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private static String name(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static void feed(MessageDigest sum, Path file, byte[] buffer) throws IOException {
        try (var in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sum.update(buffer, 0, read);
            }
        }
    }
}
