package dev.fairlead.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Text that knows which of its parts come from a secret.
///
/// {@link #toString} and everything built on it show such a part as `${secret:NAME}`, so a mark that nobody thinks of
/// fails safe: only {@link #reveal} gives the real text, for the process or object that needs it. Immutable.
public final class Marked {
    /// A secret of fewer characters cannot be told from other text, so it cannot be kept out of what a unit prints.
    public static final int SHORTEST_SECRET = 4;

    /// A part of the text, from `start` (inclusive) to `end` (exclusive) in `char`s, that comes from the secret `name`.
    public record Span(int start, int end, String name) {
        public Span {
            if (start < 0 || end < start) {
                throw new IllegalArgumentException("not a span: " + start + ".." + end);
            }
        }
    }

    public static final Marked EMPTY = new Marked("", List.of());

    private final String text;
    private final List<Span> spans;

    private Marked(String text, List<Span> spans) {
        this.text = text;
        this.spans = spans;
    }

    /// Text without a secret in it.
    public static Marked plain(String text) {
        return text.isEmpty() ? EMPTY : new Marked(text, List.of());
    }

    /// Text that is, as a whole, the secret `name`.
    public static Marked secret(String name, String value) {
        return new Marked(value, List.of(new Span(0, value.length(), name)));
    }

    /// Text with the given secret parts; parts that touch or overlap and have one name become one.
    public static Marked of(String text, List<Span> spans) {
        return spans.isEmpty() ? plain(text) : new Marked(text, merged(text, spans));
    }

    /// The real text. For what runs, never for what is shown, stored or logged.
    public String reveal() {
        return text;
    }

    /// The secret parts in order; they do not overlap.
    public List<Span> spans() {
        return spans;
    }

    public boolean hasSecret() {
        return !spans.isEmpty();
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    /// The part from `start` to `end` of the real text, with its marks.
    public Marked slice(int start, int end) {
        var part = text.substring(start, end);
        if (spans.isEmpty()) {
            return plain(part);
        }
        var kept = new ArrayList<Span>();
        for (var span : spans) {
            int from = Math.max(span.start(), start);
            int to = Math.min(span.end(), end);
            if (from < to) {
                kept.add(new Span(from - start, to - start, span.name()));
            }
        }
        return of(part, kept);
    }

    /// The text as people may see it: each secret part as `${secret:NAME}`.
    @Override
    public String toString() {
        if (spans.isEmpty()) {
            return text;
        }
        var out = new StringBuilder();
        int at = 0;
        for (var span : spans) {
            out.append(text, at, span.start()).append("${secret:").append(span.name()).append('}');
            at = span.end();
        }
        return out.append(text, at, text.length()).toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Marked that && text.equals(that.text) && spans.equals(that.spans);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text, spans);
    }

    private static List<Span> merged(String text, List<Span> spans) {
        var sorted =
                spans.stream()
                        .sorted(Comparator.comparingInt(Span::start).thenComparingInt(Span::end))
                        .toList();
        var merged = new ArrayList<Span>();
        for (var span : sorted) {
            if (span.end() > text.length()) {
                throw new IllegalArgumentException(
                        "a span ends at " + span.end() + " of " + text.length());
            }
            var last = merged.isEmpty() ? null : merged.getLast();
            if (last == null
                    || span.start() > last.end()
                    || (span.start() == last.end() && !last.name().equals(span.name()))) {
                merged.add(span);
            } else if (span.end() > last.end() || !last.name().equals(span.name())) {
                var name =
                        last.name().equals(span.name())
                                ? last.name()
                                : last.name() + "+" + span.name();
                merged.set(
                        merged.size() - 1,
                        new Span(last.start(), Math.max(last.end(), span.end()), name));
            }
        }
        return List.copyOf(merged);
    }

    /// Puts text together from parts, keeping their marks.
    public static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private final List<Span> spans = new ArrayList<>();

        public Builder append(String part) {
            text.append(part);
            return this;
        }

        public Builder append(Marked part) {
            for (var span : part.spans) {
                spans.add(
                        new Span(
                                span.start() + text.length(),
                                span.end() + text.length(),
                                span.name()));
            }
            text.append(part.text);
            return this;
        }

        /// The number of `char`s so far.
        public int length() {
            return text.length();
        }

        public Marked build() {
            return Marked.of(text.toString(), spans);
        }
    }
}
