package dev.fairlead.template.value;

import org.jspecify.annotations.Nullable;

/// What a typed map or list holds: the type's Go name, and the value that a missing element has.
public record ElementType(String name, @Nullable Object zero) {
    public static final ElementType ANY = new ElementType("interface {}", null);
    public static final ElementType STRING = new ElementType("string", "");
    public static final ElementType INT = new ElementType("int", 0L);
    public static final ElementType FLOAT = new ElementType("float64", 0.0);
    public static final ElementType BOOL = new ElementType("bool", false);

    /// The type of maps from strings to `element`.
    public static ElementType mapOf(ElementType element) {
        return new ElementType("map[string]" + element.name, TypedMap.nil(element));
    }

    /// The type of lists of `element`.
    public static ElementType listOf(ElementType element) {
        return new ElementType("[]" + element.name, TypedList.nil(element));
    }
}
