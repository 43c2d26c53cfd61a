package dev.fairlead.document.typed;

import dev.fairlead.document.tree.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A key of a map: the one description from which it is checked, read, put into the schema and into the reference.
///
/// The reading methods expect a map that the {@link Checker} has seen: what does not fit has been reported, and reads as
/// if it were not there.
///
/// @param about one or two sentences for the schema and the reference
/// @param fallback the value that holds when the key is not there, as it would be written
/// @param fallbackSays the default in words, where it is not one value
/// @param due when its effect comes, for a key that is read but has none yet
public record Key(
        String name,
        Shape shape,
        String about,
        boolean required,
        Optional<String> fallback,
        Optional<String> fallbackSays,
        List<String> examples,
        Optional<Due> due) {
    /// When the effect of a key comes.
    ///
    /// @param with the part of Fairlead that brings it: `migrations`
    /// @param refusedOnLocal whether it would have an effect on the target `local`, and so is refused there
    public record Due(String with, boolean refusedOnLocal) {}

    /// An optional key without a default.
    public static Key of(String name, Shape shape, String about) {
        return new Key(
                name,
                shape,
                about,
                false,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    public Key mandatory() {
        return new Key(name, shape, about, true, fallback, fallbackSays, examples, due);
    }

    /// With a default value, as it would be written.
    public Key or(String value) {
        return new Key(
                name, shape, about, required, Optional.of(value), fallbackSays, examples, due);
    }

    /// With a default that depends on something else.
    public Key orElse(String words) {
        return new Key(name, shape, about, required, fallback, Optional.of(words), examples, due);
    }

    /// With examples, each as it would be written in one line of YAML.
    public Key like(String... written) {
        return new Key(name, shape, about, required, fallback, fallbackSays, List.of(written), due);
    }

    public Key due(String with, boolean refusedOnLocal) {
        return new Key(
                name,
                shape,
                about,
                required,
                fallback,
                fallbackSays,
                examples,
                Optional.of(new Due(with, refusedOnLocal)));
    }

    /// Whatever stands there.
    public Optional<Node> node(Node.Mapping in) {
        return Optional.ofNullable(in.find(name));
    }

    public Optional<Node.Scalar> scalar(Node.Mapping in) {
        return in.find(name) instanceof Node.Scalar scalar && scalar.value() != null
                ? Optional.of(scalar)
                : Optional.empty();
    }

    /// The text, or the default.
    public Optional<String> text(Node.Mapping in) {
        return scalar(in).map(Node.Scalar::printed).or(this::fallback);
    }

    /// The truth value, or the default, or false.
    public boolean flag(Node.Mapping in) {
        return scalar(in).map(Node.Scalar::value).orElse(null) instanceof Boolean flag
                ? flag
                : fallback.map(Boolean::parseBoolean).orElse(false);
    }

    /// The whole number, or the default, or 0.
    public int whole(Node.Mapping in) {
        return scalar(in).map(Node.Scalar::value).orElse(null) instanceof Long number
                ? Math.toIntExact(number)
                : fallback.map(Integer::parseInt).orElse(0);
    }

    /// The span of time, or the default.
    public Optional<Duration> span(Node.Mapping in) {
        return scalar(in)
                .flatMap(scalar -> Durations.parse(scalar.printed()))
                .or(() -> fallback.flatMap(Durations::parse));
    }

    public Optional<Node.Mapping> map(Node.Mapping in) {
        return in.find(name) instanceof Node.Mapping map ? Optional.of(map) : Optional.empty();
    }

    /// The members of the list; none when it is not there.
    public List<Node> items(Node.Mapping in) {
        return in.find(name) instanceof Node.Sequence list ? list.items() : List.of();
    }

    /// The scalars of the list; none when it is not there.
    public List<Node.Scalar> scalars(Node.Mapping in) {
        return items(in).stream()
                .filter(item -> item instanceof Node.Scalar scalar && scalar.value() != null)
                .map(Node.Scalar.class::cast)
                .toList();
    }

    /// The texts of the list; none when it is not there.
    public List<String> texts(Node.Mapping in) {
        return scalars(in).stream().map(Node.Scalar::printed).toList();
    }
}
