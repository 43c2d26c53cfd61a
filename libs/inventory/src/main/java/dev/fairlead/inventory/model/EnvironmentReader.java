package dev.fairlead.inventory.model;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.keys.EnvironmentKeys;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Follows `from` and merges each environment along its chain.
final class EnvironmentReader {
    private final Node.Mapping declared;
    private final Problems problems;

    private EnvironmentReader(Node.Mapping declared, Problems problems) {
        this.declared = declared;
        this.problems = problems;
    }

    static SortedMap<String, EnvironmentModel> read(Node.Mapping declared, Problems problems) {
        var reader = new EnvironmentReader(declared, problems);
        var all = new TreeMap<String, EnvironmentModel>();
        declared.entries()
                .forEach((name, entry) -> {
                    if (entry.value() instanceof Node.Mapping) {
                        all.put(name, reader.one(name, entry.place()));
                    }
                });
        if (declared.entries().isEmpty()) {
            all.put("dev", implied(declared.place()));
        }
        return all;
    }

    /// A stack without environments has `dev` on local, in mode dev.
    private static EnvironmentModel implied(Place place) {
        var keys = new LinkedHashMap<String, Node.Entry>();
        keys.put(EnvironmentKeys.TARGET.name(), word(place, "local"));
        keys.put(EnvironmentKeys.MODE.name(), word(place, "dev"));
        return new EnvironmentModel("dev", List.of("dev"), place, new Node.Mapping(place, keys));
    }

    private static Node.Entry word(Place place, String word) {
        return new Node.Entry(place, new Node.Scalar(place, word, word, Node.Style.PLAIN));
    }

    private EnvironmentModel one(String name, Place place) {
        var chain = new ArrayList<String>();
        var at = name;
        Node merged = Node.Mapping.empty(place);
        while (declared.find(at) instanceof Node.Mapping keys) {
            chain.addFirst(at);
            merged = Node.merge(keys, merged);
            var from = EnvironmentKeys.FROM.scalar(keys).orElse(null);
            if (from == null) {
                break;
            }
            at = from.printed();
            if (chain.contains(at)) {
                cycle(chain.reversed(), at, from.place());
                break;
            } else if (!(declared.find(at) instanceof Node.Mapping)) {
                problems.add(unknown(at, from.place()));
            }
        }
        return new EnvironmentModel(name, List.copyOf(chain), place, (Node.Mapping) merged);
    }

    /// Reported once per circle: where the walk from its first environment by name closes.
    private void cycle(List<String> circle, String closes, Place place) {
        if (circle.getFirst().equals(closes) && closes.equals(Collections.min(circle))) {
            problems.add(
                    Problem.error(
                            InventoryCode.ENVIRONMENT_CYCLE,
                            place,
                            "environments are from each other in a circle: %s -> %s"
                                    .formatted(String.join(" -> ", circle), closes)));
        }
    }

    private Problem unknown(String name, Place place) {
        var known = declared.entries().keySet();
        return Problem.error(
                        InventoryCode.UNKNOWN_ENVIRONMENT,
                        place,
                        "there is no environment \"" + name + "\"")
                .withHint(
                        Nearest.hint(name, known).orElse("there are: " + String.join(", ", known)));
    }
}
