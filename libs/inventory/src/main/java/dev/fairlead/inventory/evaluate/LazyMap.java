package dev.fairlead.inventory.evaluate;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A map whose values are computed when a template first reads them. For one thread.
final class LazyMap extends AbstractMap<String, @Nullable Object> {
    private final Map<String, Supplier<@Nullable Object>> sources = new LinkedHashMap<>();
    private final Map<String, @Nullable Object> known = new HashMap<>();

    LazyMap put(String key, Supplier<@Nullable Object> source) {
        sources.put(key, source);
        return this;
    }

    LazyMap value(String key, @Nullable Object value) {
        return put(key, () -> value);
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        if (known.containsKey(key)) {
            return known.get(key);
        }
        var source = sources.get(key);
        if (source == null) {
            return null;
        }
        var value = source.get();
        known.put(String.valueOf(key), value);
        return value;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return sources.containsKey(key);
    }

    @Override
    public int size() {
        return sources.size();
    }

    @Override
    public Set<String> keySet() {
        return sources.keySet();
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Entry<String, @Nullable Object>> iterator() {
                var keys = sources.keySet().iterator();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return keys.hasNext();
                    }

                    @Override
                    public Entry<String, @Nullable Object> next() {
                        var key = keys.next();
                        return new SimpleImmutableEntry<>(key, get(key));
                    }
                };
            }

            @Override
            public int size() {
                return sources.size();
            }
        };
    }
}
