package dev.fairlead.template.parse;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Source;

/// One template: the body of a file, a definition, or the default of a block.
public record Tree(String name, Source source, Kind kind, int position, Node.Sequence root) {
    /// How a template came to its name.
    public enum Kind {
        FILE,
        DEFINE,
        BLOCK
    }

    /// Where it begins.
    public Place place() {
        return source.at(position);
    }

    /// Whether there is nothing in it but space.
    public boolean isEmpty() {
        return root.statements().stream()
                .allMatch(node -> node instanceof Node.Text text && text.text().isBlank());
    }
}
