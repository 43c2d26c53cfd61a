package dev.fairlead.migrate.spec;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.Digest;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.typed.Key;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.source.SourceFolder;
import dev.fairlead.migrate.sql.Splitter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads what a data step runs.
final class ScriptReader {
    private static final Pattern FIRST_WORD =
            Pattern.compile(
                    "^(?:\\s|--[^\\n]*\\n|/\\*(?s:.*?)\\*/)*\\(*([A-Za-z]+)(?=[\\s;('\"$*]|--|/\\*|$)");

    /// The words that PostgreSQL's statements begin with.
    private static final Set<String> COMMANDS =
            Set.of(
                    ("ABORT ALTER ANALYZE BEGIN CALL CHECKPOINT CLOSE CLUSTER COMMENT COMMIT COPY CREATE DEALLOCATE"
                                    + " DECLARE DELETE DISCARD DO DROP END EXECUTE EXPLAIN FETCH GRANT IMPORT INSERT"
                                    + " LISTEN LOAD LOCK MERGE MOVE NOTIFY PREPARE REASSIGN REFRESH REINDEX RELEASE"
                                    + " RESET REVOKE ROLLBACK SAVEPOINT SECURITY SELECT SET SHOW START TABLE TRUNCATE"
                                    + " UNLISTEN UPDATE VACUUM VALUES WITH")
                            .split(" "));

    private static final Pattern NEEDS_SHELL = Pattern.compile("['\"|<>;&]");

    private final SourceFolder folder;
    private final Texts texts;
    private final Problems problems;

    ScriptReader(SourceFolder folder, Texts texts, Problems problems) {
        this.folder = folder;
        this.texts = texts;
        this.problems = problems;
    }

    /// Empty when something is wrong, which has then been reported.
    Optional<Script> read(Node node, boolean transactional) {
        return switch (node) {
            case Node.Scalar scalar when scalar.value() != null -> bare(scalar, transactional);
            case Node.Mapping map -> form(map, transactional);
            default -> Optional.empty();
        };
    }

    private Optional<Script> form(Node.Mapping map, boolean transactional) {
        if (map.find("sha256") != null && map.find("url") == null) {
            problems.add(
                    Problem.error(
                            SpecCode.SPEC_SCRIPT,
                            map.keyPlace("sha256"),
                            "sha256 is the digest of what is at url, and there is no url"));
        }
        var given = SpecKeys.FORMS.stream().filter(key -> map.find(key.name()) != null).findFirst();
        if (given.isEmpty()) {
            problems.add(
                    Problem.error(
                            SpecCode.SPEC_SCRIPT,
                            map.place(),
                            "script needs one of "
                                    + String.join(
                                            ", ",
                                            SpecKeys.FORMS.stream().map(Key::name).toList())));
            return Optional.empty();
        }
        return switch (given.get().name()) {
            case "sql" ->
                    SpecKeys.SCRIPT_SQL.scalar(map).flatMap(text -> inline(text, transactional));
            case "file" ->
                    SpecKeys.SCRIPT_FILE.scalar(map).flatMap(text -> file(text, transactional));
            case "url" -> url(map, transactional);
            case "exec" -> exec(map);
            case "backfill" ->
                    SpecKeys.SCRIPT_BACKFILL
                            .map(map)
                            .flatMap(
                                    backfill -> new BackfillReader(texts, problems).read(backfill));
            default -> instructions(map);
        };
    }

    /// SQL when it begins as a statement does, a file when it names one.
    private Optional<Script> bare(Node.Scalar scalar, boolean transactional) {
        var text = scalar.text().strip();
        boolean oneWord = !text.isEmpty() && text.chars().noneMatch(Character::isWhitespace);
        if (oneWord && folder.has(text)) {
            return file(scalar, transactional);
        }
        var word = FIRST_WORD.matcher(text);
        if (word.find() && COMMANDS.contains(word.group(1).toUpperCase(Locale.ROOT))) {
            return inline(scalar, transactional);
        }
        if (!text.isEmpty() && folder.has(text)) {
            return file(scalar, transactional);
        }
        problems.add(
                Problem.error(
                                SpecCode.SPEC_SCRIPT,
                                scalar.place(),
                                "script is neither SQL nor the name of a file beside the spec: \""
                                        + text.lines().findFirst().orElse("")
                                        + "\"")
                        .withHint(hint(text, oneWord)));
        return Optional.empty();
    }

    private String hint(String text, boolean oneWord) {
        if (text.startsWith("https://") || text.startsWith("http://")) {
            return "write script: { url: …, sha256: … }";
        }
        if (oneWord) {
            return nearest(text)
                    .orElse(
                            "files are relative to the spec's folder; of another form, say which: sql, file, url, exec, backfill, instructions");
        }
        return "say which form it is: sql, exec, or instructions for a person";
    }

    private Optional<String> nearest(String text) {
        try {
            return Nearest.hint(text, folder.names());
        } catch (ProblemException e) {
            return Optional.empty(); // a spec that was built by code has no folder
        }
    }

    private Optional<Script> inline(Node.Scalar scalar, boolean transactional) {
        return texts.statements(scalar, "script").map(sql -> new Script.Inline(sql, transactional));
    }

    private Optional<Script> file(Node.Scalar scalar, boolean transactional) {
        var name = scalar.text().strip();
        try {
            var sql = Splitter.split(folder.read(name, scalar.place()));
            if (sql.statements().isEmpty()) {
                problems.add(
                        Problem.error(
                                SpecCode.SPEC_SQL,
                                sql.place(),
                                "the script's file has no SQL statement"));
                return Optional.empty();
            }
            return Optional.of(new Script.File(Path.of(name), sql, transactional));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    private Optional<Script> url(Node.Mapping map, boolean transactional) {
        var digest = SpecKeys.SCRIPT_SHA256.scalar(map);
        if (map.find("sha256") == null) {
            problems.add(
                    Problem.error(
                                    SpecCode.SPEC_SCRIPT,
                                    map.keyPlace("url"),
                                    "a script at an address needs the key \"sha256\": "
                                            + SpecKeys.SCRIPT_SHA256.shape().says())
                            .withHint("sha256sum of the file prints it"));
        }
        var url = SpecKeys.SCRIPT_URL.scalar(map);
        return digest.isEmpty() || url.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Script.Url(
                                url.get().text(),
                                digest.get().text().toLowerCase(Locale.ROOT),
                                transactional));
    }

    private Optional<Script> exec(Node.Mapping map) {
        var place = map.keyPlace("exec");
        var line = SpecKeys.SCRIPT_EXEC.scalar(map);
        if (line.isPresent() && NEEDS_SHELL.matcher(line.get().text()).find()) {
            return wrong(
                    Problem.error(
                                    SpecCode.SPEC_SCRIPT,
                                    line.get().place(),
                                    "no shell reads this command, and it has quotes or signs of a shell")
                            .withHint("write a list: exec: [ sh, -c, \"…\" ]"));
        }
        var command =
                line.map(scalar -> List.of(scalar.text().strip().split("\\s+")))
                        .orElseGet(() ->
                                SpecKeys.SCRIPT_EXEC.scalars(map).stream()
                                        .map(Node.Scalar::text)
                                        .toList());
        if (command.isEmpty() || command.getFirst().isBlank()) {
            return wrong(Problem.error(SpecCode.SPEC_SCRIPT, place, "exec names no program"));
        }
        if (!folder.isOnDisk()) {
            return wrong(
                    Problem.error(
                            SpecCode.SPEC_SCRIPT,
                            place,
                            "a program can be run only from a folder on disk"));
        }
        try {
            return Optional.of(
                    new Script.Exec(command, folder.path(), programDigest(command, place)));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
            return Optional.empty();
        }
    }

    /// Of the files in the folder that a command names; a program with a `/` in its name must be one of them.
    private String programDigest(List<String> command, Place place) {
        var digests = new TreeMap<String, String>();
        var program = command.getFirst();
        boolean beside = program.contains("/") && !program.startsWith("/");
        for (var word : command) {
            if ((beside && word.equals(program)) || folder.has(word)) {
                digests.put(word, Digest.ofBytes(folder.bytes(word, place)));
            }
        }
        return Digest.ofTree(digests);
    }

    private Optional<Script> instructions(Node.Mapping map) {
        var text = SpecKeys.SCRIPT_INSTRUCTIONS.scalar(map);
        if (text.isPresent() && text.get().text().isBlank()) {
            return wrong(
                    Problem.error(
                            SpecCode.SPEC_SCRIPT, text.get().place(), "instructions say nothing"));
        }
        return text.map(said -> new Script.Instructions(said.text()));
    }

    private Optional<Script> wrong(Problem problem) {
        problems.add(problem);
        return Optional.empty();
    }
}
