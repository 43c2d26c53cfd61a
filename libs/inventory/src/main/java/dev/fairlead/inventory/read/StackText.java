package dev.fairlead.inventory.read;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.typed.Shape;
import dev.fairlead.inventory.keys.UnitKeys;
import java.util.List;
import java.util.Map;

/// A stack's files as one tree: checked, merged, not yet typed.
///
/// @param top the main file, for what stands beside `spec`
/// @param spec all files' `spec` as one, without the lists of units
/// @param units in the order of the files
/// @param templates every text with a template expression at a place where it is evaluated
/// @param variables what env files and the process environment give
/// @param imports for each imported file, the glob that it was found by first
public record StackText(
        Roots roots,
        StackFiles files,
        Node.Mapping top,
        Node.Mapping spec,
        List<Declared> units,
        List<Node.Scalar> templates,
        Map<String, String> variables,
        Map<String, Place> imports) {

    /// Which list an entry stands in.
    public enum Listed {
        INFRASTRUCTURE("infrastructure"),
        MIGRATIONS("migrations"),
        SERVICES("services"),
        AGENTS("agents");

        private final String key;

        Listed(String key) {
            this.key = key;
        }

        /// The key of the list in `spec`.
        public String key() {
            return key;
        }

        /// What an entry may say.
        public Shape.Struct shape() {
            return switch (this) {
                case INFRASTRUCTURE -> UnitKeys.INFRASTRUCTURE;
                case MIGRATIONS -> UnitKeys.MIGRATIONS;
                case SERVICES -> UnitKeys.SERVICES;
                case AGENTS -> UnitKeys.AGENTS;
            };
        }
    }

    /// A unit, of one file or merged from several.
    public record Declared(Listed listed, String name, Place place, Node.Mapping node) {}
}
