package dev.fairlead.cli.text;

import dev.fairlead.document.kubernetes.KubernetesYaml;
import dev.fairlead.engine.RenderedEnvironment;
import java.util.Map;
import java.util.TreeMap;

/// What was rendered as files: `processes/UNIT.yaml` and `manifests/UNIT/PATH`, in the order of their names.
public final class RenderedFiles {
    private RenderedFiles() {}

    /// The text of each file, which ends in a line break.
    public static Map<String, String> of(RenderedEnvironment rendered) {
        var files = new TreeMap<String, String>();
        for (var process : rendered.processes()) {
            files.put(
                    "processes/" + process.get("unit") + ".yaml",
                    KubernetesYaml.write(process) + "\n");
        }
        for (var manifest : rendered.manifests()) {
            var path = manifest.path().replaceFirst("\\.(tpl|tmpl)$", "");
            var text = manifest.text().endsWith("\n") ? manifest.text() : manifest.text() + "\n";
            files.put("manifests/" + manifest.unit() + "/" + path, text);
        }
        return files;
    }
}
