package dev.fairlead.template;

import dev.fairlead.template.function.Builtins;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The functions that templates may call, by name. Immutable.
public final class FunctionTable {
    private final SortedMap<String, TemplateFunction> functions;

    private FunctionTable(SortedMap<String, TemplateFunction> functions) {
        this.functions = functions;
    }

    /// Go's predeclared functions, and `include`.
    public static FunctionTable builtins() {
        return new FunctionTable(new TreeMap<>(Builtins.all()));
    }

    /// This table and one more function, which replaces one of the same name.
    public FunctionTable with(String name, TemplateFunction function) {
        var more = new TreeMap<>(functions);
        more.put(name, function);
        return new FunctionTable(more);
    }

    /// This table and all of the other, which wins where both have a name.
    public FunctionTable with(FunctionTable other) {
        var more = new TreeMap<>(functions);
        more.putAll(other.functions);
        return new FunctionTable(more);
    }

    /// A table of exactly these functions, to be added to another.
    public static FunctionTable of(Map<String, TemplateFunction> functions) {
        return new FunctionTable(new TreeMap<>(functions));
    }

    public Optional<TemplateFunction> find(String name) {
        return Optional.ofNullable(functions.get(name));
    }

    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(functions.keySet()));
    }
}
