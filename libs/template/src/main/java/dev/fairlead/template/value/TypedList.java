package dev.fairlead.template.value;

import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list whose elements all have one Go type, as `[]int`. A view: reads go to the list it was made from.
public final class TypedList extends AbstractList<@Nullable Object> {
    private final ElementType element;
    private final boolean isNil;
    private final List<? extends @Nullable Object> elements;

    public TypedList(ElementType element, List<? extends @Nullable Object> elements) {
        this.element = element;
        this.elements = elements;
        this.isNil = false;
    }

    /// Go's nil, the zero value of the type: empty, and equal to nil.
    public static TypedList nil(ElementType element) {
        return new TypedList(element);
    }

    private TypedList(ElementType element) {
        this.element = element;
        this.elements = List.of();
        this.isNil = true;
    }

    public boolean isNil() {
        return isNil;
    }

    public ElementType element() {
        return element;
    }

    @Override
    public @Nullable Object get(int index) {
        return elements.get(index);
    }

    @Override
    public int size() {
        return elements.size();
    }
}
