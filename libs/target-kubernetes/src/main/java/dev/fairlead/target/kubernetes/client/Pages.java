package dev.fairlead.target.kubernetes.client;

import dev.fairlead.target.kubernetes.http.Call;
import dev.fairlead.target.kubernetes.http.Transport;
import dev.fairlead.target.kubernetes.tree.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads lists page by page.
final class Pages {
    private static final String PAGE = "500";
    private static final int GONE = 410;
    static final List<String> METADATA =
            List.of(
                    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1",
                    "application/json");

    private final Transport transport;

    Pages(Transport transport) {
        this.transport = transport;
    }

    Listing list(Selection selection) throws InterruptedException {
        var objects = new ArrayList<Map<String, Object>>();
        var from = "";
        while (true) {
            var call = call(selection, from);
            var reply = transport.send(call);
            if (reply.status() == 404) {
                return new Listing(List.of(), "");
            }
            if (reply.status() == GONE && !from.isEmpty()) {
                objects.clear(); // the moment of the first page is forgotten: all from the
                // beginning
                from = "";
                continue;
            }
            if (!reply.successful()) {
                throw Answers.refusal(call, reply, message -> message).problem().thrown();
            }
            var tree = reply.tree();
            Trees.maps(tree, "items").forEach(item -> objects.add(complete(item, selection)));
            from = Trees.text(tree, "metadata", "continue").orElse("");
            if (from.isEmpty()) {
                return new Listing(
                        objects, Trees.text(tree, "metadata", "resourceVersion").orElse(""));
            }
        }
    }

    private static Call call(Selection selection, String from) {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("labelSelector", selection.labels());
        parameters.put("fieldSelector", selection.fields());
        parameters.put("limit", PAGE);
        parameters.put("continue", from);
        var call = Call.reading(selection.path() + Paths.query(parameters), "list " + selection);
        return selection.metadataOnly() ? call.accepting(METADATA) : call;
    }

    // The items of a list do not say what they are.
    static Map<String, Object> complete(Map<String, Object> item, Selection selection) {
        var object = new LinkedHashMap<String, Object>();
        object.put("apiVersion", selection.resource().apiVersion());
        object.put("kind", selection.resource().kind());
        item.forEach((key, value) -> {
            if (!key.equals("apiVersion") && !key.equals("kind")) {
                object.put(key, value);
            }
        });
        return object;
    }
}
