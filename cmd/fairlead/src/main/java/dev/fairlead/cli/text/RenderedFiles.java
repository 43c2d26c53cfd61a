package dev.fairlead.cli.text;

import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.document.kubernetes.KubernetesYaml;
import dev.fairlead.engine.RenderedEnvironment;
import dev.fairlead.engine.RenderedEnvironment.RenderedObject;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What was rendered as files, in the order of their names: `processes/UNIT.yaml`; on local `manifests/UNIT/PATH`, on
/// Kubernetes `objects/UNIT/KIND-NAME.yaml`, each with a remark that says where it comes from and what was added to it.
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
        if (rendered.isOfCluster()) {
            rendered.objects().forEach(object -> files.put(name(object), text(object)));
            return files;
        }
        for (var manifest : rendered.manifests()) {
            var path = manifest.path().replaceFirst("\\.(tpl|tmpl)$", "");
            var text = manifest.text().endsWith("\n") ? manifest.text() : manifest.text() + "\n";
            files.put("manifests/" + manifest.unit() + "/" + path, text);
        }
        return files;
    }

    private static String name(RenderedObject object) {
        var ref = ObjectRef.of(object.tree());
        return "objects/%s/%s-%s.yaml"
                .formatted(object.unit(), ref.kind().toLowerCase(Locale.ROOT), ref.name());
    }

    private static String text(RenderedObject object) {
        var out = new StringBuilder("# from ").append(object.origin().manifest());
        object.origin()
                .place()
                .ifPresent(place ->
                        out.append(", ").append(place.file()).append(':').append(place.line()));
        out.append('\n');
        for (var added : object.origin().injected()) {
            out.append("# added: ")
                    .append(added.path())
                    .append(" (")
                    .append(added.why())
                    .append(")\n");
        }
        return out.append(KubernetesYaml.write(object.tree())).append('\n').toString();
    }
}
