package dev.fairlead.deploy.render;

import dev.fairlead.deploy.graph.GraphTree;
import dev.fairlead.document.Json;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.TreeMap;

/// What is kept of a revision: the desired state, masked.
public final class RevisionText {
    private RevisionText() {}

    public static String of(
            long number, Instant time, String execution, String planHash, Desired desired) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("version", 1);
        tree.put("revision", number);
        tree.put("time", time.toString());
        tree.put("execution", execution);
        tree.put("environment", desired.ref().toString());
        tree.put("planHash", planHash);
        tree.put("inputHash", desired.inputHash());
        tree.put("graph", GraphTree.of(desired.graph()));
        var units = new TreeMap<String, Object>();
        desired.units().forEach((name, wanted) -> units.put(name.value(), wanted.content()));
        tree.put("units", units);
        return Json.pretty(tree) + "\n";
    }
}
