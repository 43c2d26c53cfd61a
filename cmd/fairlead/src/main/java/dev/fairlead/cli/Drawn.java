package dev.fairlead.cli;

import dev.fairlead.cli.Globals.Output;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/// A command whose result has more forms than text and JSON.
public interface Drawn {
    /// The further ones.
    Set<Output> drawings();

    /// What `-o` may say for a command, text and JSON first.
    static Set<Output> forms(Object command) {
        var forms = EnumSet.of(Output.text, Output.json);
        if (command instanceof Drawn drawn) {
            forms.addAll(drawn.drawings());
        }
        return forms;
    }

    /// `text, json`.
    static String words(Set<Output> forms) {
        return forms.stream().map(Output::name).collect(Collectors.joining(", "));
    }
}
