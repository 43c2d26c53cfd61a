package dev.fairlead.template.execute;

import dev.fairlead.template.Limits;
import dev.fairlead.template.MissingKey;
import dev.fairlead.template.parse.Tree;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A template with everything that it may call.
///
/// @param own what its file defines; goes before what is shared
public record Program(
        Tree main,
        Map<String, Tree> own,
        Map<String, Tree> shared,
        MissingKey missingKey,
        Limits limits) {
    Optional<Tree> find(String name) {
        var found = own.get(name);
        return Optional.ofNullable(found != null ? found : shared.get(name));
    }

    SortedSet<String> names() {
        var names = new TreeSet<>(own.keySet());
        names.addAll(shared.keySet());
        return names;
    }
}
