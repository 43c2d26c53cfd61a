package dev.fairlead.template.execute;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.template.parse.Node;
import dev.fairlead.template.parse.SourceText;
import dev.fairlead.template.parse.Tree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One call of a template that is going on.
///
/// @param caller the call around it; null in the manifest's own body
/// @param in the template that the call stands in
record Frame(@Nullable Frame caller, Tree in, Node call) {
    private static final int LONGEST_CHAIN = 50;

    /// The calls that led here, the innermost first; a very long chain loses its middle.
    static List<Problem.Step> chain(@Nullable Frame innermost) {
        var steps = new ArrayList<Problem.Step>();
        for (var frame = innermost; frame != null; frame = frame.caller) {
            if (steps.size() < LONGEST_CHAIN || frame.caller == null) {
                steps.add(frame.step());
            }
        }
        return steps;
    }

    private Problem.Step step() {
        var shown = SourceText.of(call);
        var action = shown.startsWith("{{") ? shown : "{{" + shown + "}}";
        return new Problem.Step(in.source().at(call.position()), action);
    }
}
