package dev.fairlead.document.kubernetes;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.document.tree.GoNumbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a text of which parts are secret into a tree that keeps the marks.
///
/// The text is read twice: as it is, and with a word of its own in the place of each secret part. What both trees say is
/// not secret; what differs is, and so is everything where they have another form. A number that is secret becomes a
/// text, as a number has no marks; a key that is secret is masked.
public final class MarkedTree {
    private final List<String> standIns;
    private final List<String> names = new ArrayList<>();
    private final String allNames;

    private MarkedTree(Marked text, Function<Integer, String> standIn) {
        text.spans().forEach(span -> names.add(span.name()));
        this.standIns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            standIns.add(standIn.apply(i));
        }
        this.allNames = String.join("+", new LinkedHashSet<>(names));
    }

    /// @param reader gives a plain tree, or an IllegalArgumentException for what it cannot read
    public static @Nullable Object read(Marked text, Function<String, @Nullable Object> reader) {
        if (!text.hasSecret()) {
            return reader.apply(text.reveal());
        }
        var real = reader.apply(text.reveal());
        // A word fits where a text stands, a number where no quotes are.
        var byWords = new MarkedTree(text, i -> "fairlead-secret-" + i + "-");
        var tried = byWords.combined(real, text, reader);
        if (tried.isEmpty()) {
            tried = new MarkedTree(text, i -> "77" + (1_000_000 + i)).combined(real, text, reader);
        }
        return tried.isPresent() ? tried.get().value() : byWords.whole(real);
    }

    private record Result(@Nullable Object value) {}

    private Optional<Result> combined(
            @Nullable Object real, Marked text, Function<String, @Nullable Object> reader) {
        var shown = new StringBuilder();
        int at = 0;
        for (int i = 0; i < standIns.size(); i++) {
            var span = text.spans().get(i);
            shown.append(text.reveal(), at, span.start()).append(standIns.get(i));
            at = span.end();
        }
        shown.append(text.reveal().substring(at));
        try {
            return Optional.of(new Result(combined(real, reader.apply(shown.toString()))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private @Nullable Object combined(@Nullable Object real, @Nullable Object shown) {
        if (real instanceof Map<?, ?> map && shown instanceof Map<?, ?> other) {
            Map<String, @Nullable Object> combined = new LinkedHashMap<>();
            map.forEach((key, value) -> {
                var name = String.valueOf(key);
                if (other.containsKey(name)) {
                    combined.put(name, combined(value, other.get(name)));
                } else {
                    combined.put(Marked.secret(allNames, name).toString(), whole(value));
                }
            });
            return combined;
        }
        if (real instanceof List<?> list
                && shown instanceof List<?> other
                && list.size() == other.size()) {
            var combined = new ArrayList<@Nullable Object>();
            for (int i = 0; i < list.size(); i++) {
                combined.add(combined(list.get(i), other.get(i)));
            }
            return combined;
        }
        if (real instanceof String text && shown instanceof String with) {
            return text.equals(with) ? text : marked(text, with);
        }
        return Objects.equals(real, shown) ? real : whole(real);
    }

    /// The part of a text that stands where the stand-ins do.
    private Object marked(String real, String shown) {
        int start = shown.length();
        int end = 0;
        Set<String> inside = new LinkedHashSet<>();
        for (int i = 0; i < standIns.size(); i++) {
            int found = shown.indexOf(standIns.get(i));
            if (found >= 0) {
                inside.add(names.get(i));
                start = Math.min(start, found);
                end = Math.max(end, shown.lastIndexOf(standIns.get(i)) + standIns.get(i).length());
            }
        }
        int tail = shown.length() - end;
        boolean around =
                start < end
                        && start + tail <= real.length()
                        && real.startsWith(shown.substring(0, start))
                        && real.endsWith(shown.substring(end));
        return around
                ? Marked.of(
                        real,
                        List.of(
                                new Marked.Span(
                                        start, real.length() - tail, String.join("+", inside))))
                : Marked.secret(allNames, real);
    }

    /// All values of a tree as secret. Truth values stay what they are: they tell no more than a comparison does.
    private @Nullable Object whole(@Nullable Object real) {
        return switch (real) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> marked = new LinkedHashMap<>();
                map.forEach((key, value) -> marked.put(String.valueOf(key), whole(value)));
                yield marked;
            }
            case List<?> list -> {
                var marked = new ArrayList<@Nullable Object>();
                list.forEach(item -> marked.add(whole(item)));
                yield marked;
            }
            case Number number -> Marked.secret(allNames, GoNumbers.printed(number));
            case String text -> Marked.secret(allNames, text);
            case null, default -> real;
        };
    }
}
