package dev.fairlead.template;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.ProblemException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call of a function: its arguments, counted from 0 and already checked against the parameters, and its place.
public interface Call {
    /// The name that the template used.
    String name();

    /// The number of arguments.
    int count();

    /// An argument as it is; its parts may be {@link Marked}.
    @Nullable Object value(int index);

    /// A string argument with its marks.
    Marked marked(int index);

    /// A string argument's real text. When the call gives a plain string, the engine marks all of it as secret if this
    /// text was; a function that looks but does not tell (a length, a comparison) needs no care.
    String text(int index);

    long integer(int index);

    double number(int index);

    boolean flag(int index);

    /// A map argument; an empty one for nil.
    Map<String, ? extends @Nullable Object> map(int index);

    /// A list argument; an empty one for nil.
    List<? extends @Nullable Object> list(int index);

    /// The place of the call.
    Place place();

    /// The exception to throw when the function cannot do what it was asked: Go's wording, place and trace are added.
    ProblemException error(String message);

    /// What this rendering may use. A function that makes a long text of a short one checks its length first.
    Limits limits();

    /// What a key that `map` does not have is worth: absent in strict mode, otherwise nil.
    @Nullable Object missing(Map<?, ?> map, String key);

    /// Counts work that the engine cannot see, such as the elements of a list that the function makes.
    void charge(long steps);

    /// Renders the template `name` with `data` and gives its text.
    Object include(String name, @Nullable Object data);

    /// Says that the lines of `result` are those of `original`, after `skipped` new ones, so that their origin is kept.
    /// Returns `result`.
    Object sameLines(Object original, Object result, int skipped);
}
