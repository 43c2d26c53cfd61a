package dev.fairlead.deploy.render;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.document.Digest;
import dev.fairlead.inventory.read.FileTree;
import dev.fairlead.inventory.read.Glob;
import dev.fairlead.inventory.unit.Unit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.TreeMap;

/// {@link InputFiles} of the disk. A symbolic link is followed where a glob names it and no other file; `.git` and `.fairlead` are never entered.
public final class MatchedFiles implements InputFiles {
    private static final int CHUNK = 1 << 16;

    @Override
    public String digest(Unit unit, Path folder, List<String> globs) {
        try {
            var files = new TreeMap<String, Path>();
            for (var glob : globs) {
                files.putAll(FileTree.matching(folder, Glob.of(glob)));
            }
            var sum = Digest.sha256();
            var buffer = new byte[CHUNK];
            for (var entry : files.entrySet()) {
                sum.update((entry.getKey() + "\0").getBytes(StandardCharsets.UTF_8));
                sum.update((Files.size(entry.getValue()) + "\0").getBytes(StandardCharsets.UTF_8));
                feed(sum, entry.getValue(), buffer);
            }
            return Digest.hex(sum);
        } catch (IllegalArgumentException e) {
            throw Problem.error(
                            DeployCode.INPUTS_UNREADABLE,
                            unit.place(),
                            "a glob in the inputs of "
                                    + unit.name()
                                    + " is wrong: "
                                    + e.getMessage())
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

    private static void feed(MessageDigest sum, Path file, byte[] buffer) throws IOException {
        try (var in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sum.update(buffer, 0, read);
            }
        }
    }
}
