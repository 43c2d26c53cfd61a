package dev.fairlead.inventory.keys;

import dev.fairlead.document.typed.Key;
import dev.fairlead.document.typed.Shape;
import java.util.List;

/// The keys of a network flow in `allow`.
public final class FlowKeys {
    public static final Key NAMESPACE =
            Key.of("namespace", Forms.LABEL_TEXT, "The namespace.").mandatory().like("monitoring");
    public static final Key PODS =
            Key.of(
                            "pods",
                            Shape.mapOf(Shape.TEXT),
                            "The labels of its pods; all of them when nothing is said.")
                    .like("{ app: prometheus }");
    private static final Shape PEER =
            Shape.Either.of(
                    Shape.TEMPLATE,
                    Shape.Struct.of(
                            "networkPeer", "Pods of another namespace.", List.of(NAMESPACE, PODS)));
    public static final Key TO =
            Key.of(
                            "to",
                            PEER,
                            "Whom the unit may reach: a unit, an address or a block of them, a host name outside the cluster, or pods of another namespace.")
                    .like("api.github.com");
    public static final Key FROM =
            Key.of(
                            "from",
                            PEER,
                            "Who may reach the unit: a unit, an address or a block of them, or pods of another namespace.")
                    .like("{ namespace: monitoring }");
    public static final Key PORT =
            Key.of(
                            "port",
                            new Shape.Whole(1, 65_535),
                            "The port of whoever is reached; any when nothing is said.")
                    .like("443");
    public static final Key PROTOCOL =
            Key.of("protocol", Shape.words("TCP", "UDP", "SCTP"), "The protocol.")
                    .or("TCP")
                    .like("UDP");
    public static final Shape.Struct FLOW =
            Shape.Struct.of(
                    "networkFlow",
                    "A network flow: `to` or `from` somebody.",
                    List.of(TO, FROM, PORT, PROTOCOL),
                    List.of(List.of("to", "from")));

    private FlowKeys() {}
}
