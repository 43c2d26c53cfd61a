package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.typed.Key;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.cluster.Flow;
import dev.fairlead.inventory.cluster.Flow.Peer;
import dev.fairlead.inventory.keys.FlowKeys;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.unit.UnitName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The network flows that a unit declares.
final class Flows {
    private static final String V4 = "\\d{1,3}(\\.\\d{1,3}){3}";
    private static final Pattern ADDRESS =
            Pattern.compile("(" + V4 + "|[0-9a-fA-F]*:[0-9a-fA-F:.]*)(/\\d{1,3})?");
    private static final Pattern HOST =
            Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9]*[A-Za-z0-9])?(\\.[A-Za-z0-9-]+)+");

    private final SortedMap<UnitName, UnitModel> units;
    private final Problems problems;

    /// @param units those that are there
    Flows(SortedMap<UnitName, UnitModel> units, Problems problems) {
        this.units = units;
        this.problems = problems;
    }

    /// The units that a unit reaches because it depends on them, or on a schema in them.
    SortedSet<String> reaches(UnitModel unit) {
        var reached = new TreeSet<String>();
        unit.dependsOn().forEach(name -> add(name, reached));
        unit.databaseUnit().ifPresent(name -> add(name, reached));
        for (var schema : unit.requiresSchema()) {
            if (UnitName.isValid(schema.printed())) {
                Optional.ofNullable(units.get(new UnitName(schema.printed())))
                        .flatMap(UnitModel::databaseUnit)
                        .ifPresent(name -> add(name, reached));
            }
        }
        return reached;
    }

    private void add(Node.Scalar name, SortedSet<String> reached) {
        if (isThere(name.printed())) {
            reached.add(name.printed());
        }
    }

    private boolean isThere(String name) {
        return UnitName.isValid(name) && units.containsKey(new UnitName(name));
    }

    /// What `allow` says.
    List<Flow> of(UnitModel unit, Scalars values) {
        var flows = new ArrayList<Flow>();
        for (var item : UnitKeys.ALLOW.items(unit.node())) {
            if (item instanceof Node.Mapping flow) {
                var to = FlowKeys.TO.node(flow);
                var from = FlowKeys.FROM.node(flow);
                if (to.isEmpty() && from.isEmpty()) {
                    problems.add(
                            Problem.error(
                                            InventoryCode.BAD_VALUE,
                                            flow.place(),
                                            "this flow has neither \"to\" nor \"from\"")
                                    .withHint("write { to: api.github.com, port: 443 }"));
                }
                to.flatMap(node -> peer(node, FlowKeys.TO, values))
                        .ifPresent(peer -> flows.add(flow(false, peer, flow)));
                from.flatMap(node -> peer(node, FlowKeys.FROM, values))
                        .ifPresent(peer -> flows.add(flow(true, peer, flow)));
            }
        }
        return flows;
    }

    private static Flow flow(boolean inwards, Peer peer, Node.Mapping flow) {
        return new Flow(
                inwards,
                peer,
                FlowKeys.PORT.node(flow).map(_ -> FlowKeys.PORT.whole(flow)),
                FlowKeys.PROTOCOL.text(flow).orElse("TCP"));
    }

    private Optional<Peer> peer(Node node, Key key, Scalars values) {
        if (node instanceof Node.Mapping map) {
            var pods = new TreeMap<String, String>();
            FlowKeys.PODS
                    .map(map)
                    .ifPresent(labels ->
                            labels.entries()
                                    .forEach((name, entry) -> {
                                        if (entry.value() instanceof Node.Scalar text) {
                                            pods.put(name, text.printed());
                                        }
                                    }));
            return FlowKeys.NAMESPACE.text(map).map(name -> new Peer.Namespace(name, pods));
        }
        if (!(node instanceof Node.Scalar scalar)) {
            return Optional.empty();
        }
        var text = values.plain(scalar);
        if (isThere(text)) {
            return Optional.of(new Peer.OfStack(text));
        }
        if (ADDRESS.matcher(text).matches()) {
            var whole = text.contains(":") ? "/128" : "/32";
            return Optional.of(new Peer.Block(text.contains("/") ? text : text + whole));
        }
        if (key.equals(FlowKeys.TO) && HOST.matcher(text).matches()) {
            return Optional.of(new Peer.Host(text));
        }
        problems.add(
                Problem.error(
                                InventoryCode.BAD_VALUE,
                                scalar.place(),
                                "\"%s\" is no unit that is here, no address%s"
                                        .formatted(
                                                text,
                                                key.equals(FlowKeys.TO) ? " and no host name" : ""))
                        .withHint(
                                "name a unit, an address such as 10.1.0.0/16, or { namespace: NAME }"));
        return Optional.empty();
    }
}
