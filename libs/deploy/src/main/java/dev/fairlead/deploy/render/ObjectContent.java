package dev.fairlead.deploy.render;

import dev.fairlead.deploy.object.DesiredObject;
import dev.fairlead.deploy.object.Leaves;
import dev.fairlead.deploy.object.ObjectRef;
import dev.fairlead.deploy.target.Session.Wanted;
import dev.fairlead.document.Digest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A unit of the target `kubernetes` as a plain tree: its objects, masked.
final class ObjectContent {
    private ObjectContent() {}

    static Wanted of(List<DesiredObject> objects) {
        var content = input(objects);
        // They hold the fingerprints of the secrets.
        content.put("hashes", objects.stream().map(DesiredObject::hash).toList());
        return new Wanted(Digest.ofTree(content), content, objects);
    }

    /// The same without what follows from the values of secrets.
    static Map<String, Object> input(List<DesiredObject> objects) {
        var content = new LinkedHashMap<String, Object>();
        content.put("kind", "objects");
        var trees = new TreeMap<String, Object>();
        objects.forEach(
                object -> trees.put(key(object.ref(), trees), Leaves.masked(object.tree())));
        content.put("objects", trees);
        return content;
    }

    private static String key(ObjectRef ref, Map<String, Object> taken) {
        var name = ref.toString();
        return taken.containsKey(name) ? ref.namespace() + "/" + name : name;
    }
}
