package dev.fairlead.template.execute;

import dev.fairlead.template.parse.Node;
import dev.fairlead.template.parse.SourceText;
import dev.fairlead.template.parse.Tree;
import dev.fairlead.template.value.Absent;
import dev.fairlead.template.value.Values;
import java.util.List;
import java.util.Map;

/// A key that was not there, with what its error will say.
///
/// @param at the node that asked for it
/// @param tree where that node stands
/// @param in the map that does not have it
record AbsentKey(Node at, Tree tree, String key, Map<?, ?> in) implements Absent {
    /// The way to the key as far as the node shows it: `.image` of `.image.tag`.
    String path() {
        var whole = SourceText.of(at);
        if (at instanceof Node.Command) {
            return "(" + whole + ")";
        }
        int found = whole.indexOf("." + key);
        return found < 0 ? whole : whole.substring(0, found + 1 + key.length());
    }

    List<String> known() {
        return Values.sortedKeys(in);
    }
}
