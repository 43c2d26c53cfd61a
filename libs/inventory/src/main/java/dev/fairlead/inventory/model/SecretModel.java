package dev.fairlead.inventory.model;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.document.tree.Node;

/// A declared secret.
public record SecretModel(String name, Place place, From from, boolean optional) {
    /// Where its value comes from.
    public sealed interface From {
        /// Made by the target, with this many characters.
        record Generate(int length) implements From {}

        /// A process variable.
        record Variable(String name) implements From {}

        /// A file of the stack.
        record File(Node.Scalar path) implements From {}
    }
}
