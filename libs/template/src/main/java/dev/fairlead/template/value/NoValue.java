package dev.fairlead.template.value;

/// Go's invalid value: what a missing key gives and what a nil becomes in a pipeline. It prints as `<no value>`.
public enum NoValue {
    NO_VALUE
}
