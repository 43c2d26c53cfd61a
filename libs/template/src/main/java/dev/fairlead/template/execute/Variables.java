package dev.fairlead.template.execute;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The variables of the templates that are going on, as one stack. Names are interned, so they compare by identity.
final class Variables {
    static final String ROOT = "$".intern();

    private String[] names = new String[32];
    private @Nullable Object[] values = new @Nullable Object[32];

    /// Whether a value is an element of a list or map as it stands there: Go's messages call its type `interface {}`.
    private boolean[] elements = new boolean[32];

    private int base;
    private int top;

    int mark() {
        return top;
    }

    void pop(int mark) {
        top = mark;
    }

    /// Begins a template: only `$` is in sight. Returns what {@link #leave} takes back.
    int enter(@Nullable Object root) {
        int outer = base;
        base = top;
        push(ROOT, root, false);
        return outer;
    }

    void leave(int outer) {
        top = base;
        base = outer;
    }

    void push(String name, @Nullable Object value, boolean element) {
        if (top == names.length) {
            names = Arrays.copyOf(names, top * 2);
            values = Arrays.copyOf(values, top * 2);
            elements = Arrays.copyOf(elements, top * 2);
        }
        names[top] = name;
        elements[top] = element;
        values[top++] = value;
    }

    /// Sets the variable `below` the top, counted from 1.
    void setTop(int below, @Nullable Object value, boolean element) {
        values[top - below] = value;
        elements[top - below] = element;
    }

    /// The index of the innermost variable of that name, or -1.
    @SuppressWarnings("ReferenceEquality")
    int find(String name) {
        for (int i = top - 1; i >= base; i--) {
            if (names[i] == name) {
                return i;
            }
        }
        return -1;
    }

    @Nullable Object value(int index) {
        return values[index];
    }

    boolean isElement(int index) {
        return elements[index];
    }

    void set(int index, @Nullable Object value, boolean element) {
        values[index] = value;
        elements[index] = element;
    }
}
