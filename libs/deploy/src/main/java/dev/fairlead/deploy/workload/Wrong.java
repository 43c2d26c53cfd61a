package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.ObjectCode;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.kubernetes.Yaml11;
import dev.fairlead.document.tree.YamlReader;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.template.LineMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/// Says what is wrong with a manifest that is not YAML, without a secret in it: where words stand for the secrets, what
/// the reader says of it can be shown.
final class Wrong {
    private static final int LINES_BEFORE = 3;

    private final Unit.Manifest manifest;
    private final Map<String, String> standIns = new LinkedHashMap<>();

    Wrong(Unit.Manifest manifest) {
        this.manifest = manifest;
    }

    /// @param found what reading the real text found
    void report(Problems found, Problems into) {
        var text = manifest.text();
        if (!text.hasSecret()) {
            found.list().forEach(problem -> into.add(moved(problem)));
            return;
        }
        var shown = new Problems();
        var _ = YamlReader.readAll(new Source(manifest.path(), worded()), Yaml11.RESOLVER, shown);
        shown.list().forEach(problem -> into.add(moved(problem)));
        if (!shown.hasErrors()) {
            into.add(
                    Problem.error(
                                    ObjectCode.MANIFEST_NOT_YAML,
                                    "what %s renders to is no YAML with the value of a secret in it"
                                            .formatted(manifest.path()))
                            .withHint("put the secret in quotes: {{ .Secrets.x | quote }}"));
        }
    }

    private String worded() {
        var text = manifest.text();
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

    /// The problem at the place where the line was written, with the lines of the rendered text that lead to it, each
    /// with its own origin: what is wrong is often the line before.
    private Problem moved(Problem problem) {
        var place = problem.place();
        var origin = place.flatMap(at -> manifest.lines().map(map -> map.origin(at.line())));
        var shown = new ArrayList<String>();
        if (place.isPresent()) {
            int last = place.get().line();
            for (int line = Math.max(1, last - LINES_BEFORE); line <= last; line++) {
                shown.add("%s  %s".formatted(where(line), masked(place.get().source().line(line))));
            }
        }
        return new Problem(
                ObjectCode.MANIFEST_NOT_YAML,
                problem.severity(),
                origin.map(LineMap.Origin::place).or(() -> place),
                masked("what " + manifest.path() + " renders to is not YAML: " + problem.what()),
                problem.hint(),
                origin.map(LineMap.Origin::chain).orElse(problem.trace()),
                shown);
    }

    private String masked(String text) {
        var masked = text;
        for (var entry : standIns.entrySet()) {
            masked = masked.replace(entry.getKey(), entry.getValue());
        }
        return masked;
    }

    private String where(int line) {
        return manifest.lines()
                .map(map -> map.origin(line).place())
                .map(at -> at.file() + ":" + at.line())
                .orElse(manifest.path() + ":" + line);
    }
}
