package dev.fairlead.template.parse;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import java.util.List;

/// All that a file holds.
///
/// @param definitions its definitions and blocks in the order of the text
/// @param references the calls of other templates whose names are known
/// @param problems everything that is wrong with it, in the order of the text
public record ParsedFile(
        Tree body, List<Tree> definitions, List<Reference> references, List<Problem> problems) {
    public ParsedFile {
        definitions = List.copyOf(definitions);
        references = List.copyOf(references);
        problems = List.copyOf(problems);
    }

    /// A `template`, or an `include` of a constant name.
    ///
    /// @param shown the call as Go's messages show it
    /// @param in the name of the template that it stands in
    public record Reference(String name, Place place, String shown, String in) {}
}
