package dev.fairlead.template.value;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A map whose values all have one Go type, as `map[string]string`: a missing key has that type's zero value.
/// A view: reads go to the map it was made from.
public final class TypedMap extends AbstractMap<String, @Nullable Object> {
    private final ElementType element;
    private final boolean isNil;
    private final Map<String, @Nullable Object> entries;

    public TypedMap(ElementType element, Map<String, @Nullable Object> entries) {
        this.element = element;
        this.entries = entries;
        this.isNil = false;
    }

    /// Go's nil, the zero value of the type: empty, and equal to nil.
    public static TypedMap nil(ElementType element) {
        return new TypedMap(element);
    }

    private TypedMap(ElementType element) {
        this.element = element;
        this.entries = Map.of();
        this.isNil = true;
    }

    public boolean isNil() {
        return isNil;
    }

    public ElementType element() {
        return element;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return entries.get(key);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return entries.containsKey(key);
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return entries.entrySet();
    }
}
