package dev.fairlead.engine;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.kubernetes.KubernetesYaml;
import dev.fairlead.document.kubernetes.Yaml11;
import dev.fairlead.document.tree.YamlReader;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.template.LineMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The objects that rendered manifests consist of, read as Kubernetes reads YAML.
final class ManifestObjects {
    private static final int LINES_BEFORE = 3;

    private final Problems problems;
    private final boolean reveal;

    /// @param problems gets what is not YAML, at the place in the rendered text
    /// @param reveal show secrets
    ManifestObjects(Problems problems, boolean reveal) {
        this.problems = problems;
        this.reveal = reveal;
    }

    List<Object> read(Unit.Manifest manifest) {
        // A mask is not a YAML scalar everywhere: stand-ins are read in the place of secrets, and
        // replaced in the tree.
        var standIns = new LinkedHashMap<String, String>();
        var source = new Source(manifest.path(), text(manifest.text(), standIns));
        var found = new Problems();
        var objects = new ArrayList<Object>();
        for (var document : YamlReader.readAll(source, Yaml11.RESOLVER, found)) {
            var tree = shown(KubernetesYaml.plain(document), standIns);
            if (tree != null) {
                objects.add(tree);
            }
        }
        found.list().forEach(problem -> problems.add(moved(problem, manifest, standIns)));
        return objects;
    }

    private String text(Marked text, Map<String, String> standIns) {
        if (reveal || !text.hasSecret()) {
            return text.reveal();
        }
        var out = new StringBuilder();
        int at = 0;
        for (var span : text.spans()) {
            var standIn = "fairlead-secret-" + standIns.size() + "-";
            standIns.put(standIn, "${secret:" + span.name() + "}");
            out.append(text.reveal(), at, span.start()).append(standIn);
            at = span.end();
        }
        return out.append(text.reveal(), at, text.reveal().length()).toString();
    }

    private static @Nullable Object shown(@Nullable Object tree, Map<String, String> standIns) {
        return switch (tree) {
            case null -> null;
            case String text -> shownText(text, standIns);
            case List<?> list -> {
                var copy = new ArrayList<@Nullable Object>();
                list.forEach(item -> copy.add(shown(item, standIns)));
                yield copy;
            }
            case Map<?, ?> map -> {
                var copy = new LinkedHashMap<String, @Nullable Object>();
                map.forEach((key, value) ->
                        copy.put(shownText(String.valueOf(key), standIns), shown(value, standIns)));
                yield copy;
            }
            default -> tree;
        };
    }

    private static String shownText(String text, Map<String, String> standIns) {
        var shown = text;
        for (var entry : standIns.entrySet()) {
            shown = shown.replace(entry.getKey(), entry.getValue());
        }
        return shown;
    }

    /// The problem at the place where the line was written, with the lines of the rendered text that lead to it, each
    /// with its own origin: what is wrong is often the line before.
    private static Problem moved(
            Problem problem, Unit.Manifest manifest, Map<String, String> standIns) {
        var place = problem.place();
        var origin = place.flatMap(at -> manifest.lines().map(map -> map.origin(at.line())));
        var shown = new ArrayList<String>();
        if (place.isPresent()) {
            int last = place.get().line();
            for (int line = Math.max(1, last - LINES_BEFORE); line <= last; line++) {
                shown.add(
                        "%s  %s"
                                .formatted(
                                        where(manifest, line),
                                        shownText(place.get().source().line(line), standIns)));
            }
        }
        return new Problem(
                EngineCode.MANIFEST_NOT_YAML,
                problem.severity(),
                origin.map(LineMap.Origin::place).or(() -> place),
                "what " + manifest.path() + " renders to is not YAML: " + problem.what(),
                problem.hint(),
                origin.map(LineMap.Origin::chain).orElse(problem.trace()),
                shown);
    }

    private static String where(Unit.Manifest manifest, int line) {
        return manifest.lines()
                .map(map -> map.origin(line).place())
                .map(at -> at.file() + ":" + at.line())
                .orElse(manifest.path() + ":" + line);
    }
}
