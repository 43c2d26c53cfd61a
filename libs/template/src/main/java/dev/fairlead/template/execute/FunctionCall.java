package dev.fairlead.template.execute;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.template.Call;
import dev.fairlead.template.Limits;
import dev.fairlead.template.MissingKey;
import dev.fairlead.template.parse.Node;
import dev.fairlead.template.value.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A call that is going on.
final class FunctionCall implements Call {
    private final Site site;
    private final @Nullable Object[] values;
    private final State state;
    private final Execution execution;
    private String looked = "";

    /// @param shown the node that Go's messages show
    record Site(String name, Node shown) {}

    FunctionCall(Site site, @Nullable Object[] values, State state, Execution execution) {
        this.site = site;
        this.values = values;
        this.state = state;
        this.execution = execution;
    }

    /// The names of the secrets whose real text the function has seen.
    String looked() {
        return looked;
    }

    /// A text for a message: masked when the function has seen a secret that it may come from.
    String masked(String text) {
        return looked.isEmpty() ? text : Marked.secret(looked, text).toString();
    }

    @Override
    public String name() {
        return site.name();
    }

    @Override
    public int count() {
        return values.length;
    }

    @Override
    public @Nullable Object value(int index) {
        return values[index];
    }

    @Override
    public Marked marked(int index) {
        return Values.marked(values[index]);
    }

    @Override
    public String text(int index) {
        if (values[index] instanceof Marked text && text.hasSecret()) {
            var names = Values.secretNames(text);
            looked = looked.isEmpty() || looked.equals(names) ? names : looked + "+" + names;
        }
        return Values.text(values[index]);
    }

    @Override
    public long integer(int index) {
        return Values.integer(values[index]);
    }

    @Override
    public double number(int index) {
        if (values[index] instanceof Double number) {
            return number;
        }
        throw new IllegalArgumentException("not a float64: argument " + index);
    }

    @Override
    public boolean flag(int index) {
        return Boolean.TRUE.equals(values[index]);
    }

    @Override
    @SuppressWarnings("unchecked")
    public Map<String, ? extends @Nullable Object> map(int index) {
        var value = values[index];
        if (Values.isNothing(value)) {
            return Map.of();
        }
        if (value instanceof Map<?, ?> map) {
            return (Map<String, ? extends @Nullable Object>) map;
        }
        throw error("expected a map; got " + Values.typeName(value));
    }

    @Override
    public List<? extends @Nullable Object> list(int index) {
        var value = values[index];
        if (Values.isNothing(value)) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw error("expected a list; got " + Values.typeName(value));
    }

    @Override
    public Place place() {
        return state.tree.source().at(site.shown().position());
    }

    @Override
    public ProblemException error(String message) {
        state.at = site.shown();
        return state.failure("error calling " + site.name() + ": " + message);
    }

    @Override
    public Limits limits() {
        return state.program.limits();
    }

    @Override
    public @Nullable Object missing(Map<?, ?> map, String key) {
        return state.program.missingKey() == MissingKey.STRICT
                ? new AbsentKey(site.shown(), state.tree, key, map)
                : null;
    }

    @Override
    public void charge(long steps) {
        state.charge(steps);
    }

    @Override
    public Object include(String name, @Nullable Object data) {
        return execution.include(this, name, data, site.shown());
    }

    @Override
    public Object sameLines(Object original, Object result, int skipped) {
        var lines = state.linesOf(original);
        if (lines != null) {
            var kept = new Lines();
            for (int i = 0; i < skipped; i++) {
                kept.add(state.tree, site.shown().position(), state.frame);
            }
            for (int i = 0; i < lines.count(); i++) {
                kept.addFrom(lines, i);
            }
            state.keepLines(result, kept);
        }
        return result;
    }
}
