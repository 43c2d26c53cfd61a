package dev.fairlead.deploy.workload;

import dev.fairlead.deploy.object.DesiredObject.Injected;
import dev.fairlead.deploy.object.Paths;
import dev.fairlead.diagnostic.Marked;
import dev.fairlead.inventory.cluster.PodDev;
import dev.fairlead.inventory.unit.Ready;
import dev.fairlead.inventory.unit.Run;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a pod run the unit's `dev` block: an init container brings Fairlead, and `fairlead dev-run` takes the place of the
/// command of the main container.
final class DevCommand {
    /// The volume that Fairlead lies in, its folder in the pod, and the init container that fills it.
    private static final String NAME = "fairlead";

    private static final String FOLDER = "/fairlead";
    private static final String MAIN_CONTAINER = "kubectl.kubernetes.io/default-container";

    private final PodDev dev;
    private final String root;

    /// @param root where the workspace is mounted
    DevCommand(PodDev dev, String root) {
        this.dev = dev;
        this.root = root;
    }

    /// @param template whose annotations may name the main container
    void into(
            Map<String, @Nullable Object> template,
            Map<String, @Nullable Object> spec,
            String path,
            List<Injected> injected) {
        if (!(spec.get("containers") instanceof List<?> containers) || containers.isEmpty()) {
            return;
        }
        int main = main(template, containers);
        if (!(containers.get(main) instanceof Map<?, ?> said)) {
            return;
        }
        var container = Manifests.keyed(said);
        container.put("command", command());
        container.remove("args");
        container.put("workingDir", folder());
        append(container, "volumeMounts", Map.of("name", NAME, "mountPath", FOLDER));
        var copy = new ArrayList<@Nullable Object>(containers);
        copy.set(main, container);
        spec.put("containers", copy);
        append(spec, "volumes", Map.of("name", NAME, "emptyDir", Map.of()));
        append(spec, "initContainers", installer());
        var at = Paths.item(Paths.member(path, "containers"), copy, main);
        for (var key : List.of("command", "workingDir", "volumeMounts")) {
            injected.add(new Injected(Paths.member(at, key), "mode dev: the dev block"));
        }
        injected.add(new Injected(Paths.member(path, "volumes"), "mode dev: Fairlead"));
        injected.add(new Injected(Paths.member(path, "initContainers"), "mode dev: Fairlead"));
    }

    private static int main(Map<String, @Nullable Object> template, List<?> containers) {
        if (template.get("metadata") instanceof Map<?, ?> metadata
                && metadata.get("annotations") instanceof Map<?, ?> annotations) {
            for (int i = 0; i < containers.size(); i++) {
                var name = Paths.name(containers.get(i));
                if (name != null && name.equals(annotations.get(MAIN_CONTAINER))) {
                    return i;
                }
            }
        }
        return 0;
    }

    private String folder() {
        var within = dev.run().workingDir();
        return within.equals(".") ? root : root + "/" + within;
    }

    private Map<String, Object> installer() {
        var container = new LinkedHashMap<String, Object>();
        container.put("name", NAME);
        container.put("image", dev.fairlead());
        container.put("command", PodDev.command("dev-run", "--install", FOLDER));
        container.put("volumeMounts", List.of(Map.of("name", NAME, "mountPath", FOLDER)));
        return container;
    }

    /// Readable as it stands in the manifest. Options have their value behind `=`, so that none is taken for an option.
    private List<Object> command() {
        Run run = dev.run();
        var words = new ArrayList<Object>();
        words.add(FOLDER + "/jre/bin/java");
        words.add("@" + FOLDER + "/dev-run");
        words.add("--root=" + root);
        words.add("--folder=" + folder());
        words.add("--scratch=" + FOLDER);
        var block = run.dev().orElseThrow();
        block.build().forEach(word -> words.add(prefixed("--build=", word)));
        block.watch().forEach(glob -> words.add("--watch=" + glob));
        block.ignore().forEach(glob -> words.add("--ignore=" + glob));
        if (block.toolReloads()) {
            words.add("--reload=tool");
        }
        words.add("--debounce=" + block.debounce().toMillis() + "ms");
        words.add("--stop=" + run.stop().signal() + "," + run.stop().grace().toMillis() + "ms");
        ready(run, words);
        words.add("--");
        ((dev.fairlead.inventory.unit.Work.Command) run.work())
                .command()
                .forEach(word -> words.add(prefixed("", word)));
        return words;
    }

    /// What the process itself is asked, so that it can be said when an edit is served. The kubelet asks by itself.
    private static void ready(Run run, List<Object> words) {
        switch (run.ready()) {
            case Ready.Http(var port, var path, _) ->
                    words.add("--ready=http:" + run.ports().get(port) + path);
            case Ready.Tcp(var port) -> words.add("--ready=tcp:" + run.ports().get(port));
            case Ready.Exec _, Ready.Log _, Ready.Alive _, Ready.Done _ -> {}
        }
    }

    private static Object prefixed(String prefix, Marked word) {
        if (!word.hasSecret()) {
            return prefix + word.reveal();
        }
        return prefix.isEmpty() ? word : new Marked.Builder().append(prefix).append(word).build();
    }

    private static void append(Map<String, @Nullable Object> tree, String key, Object item) {
        var list = new ArrayList<@Nullable Object>();
        if (tree.get(key) instanceof List<?> said) {
            list.addAll(said);
        }
        list.add(item);
        tree.put(key, list);
    }
}
