package dev.fairlead.template.format;

import dev.fairlead.diagnostic.Marked;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects text and the marks of its secret parts, up to a greatest length.
public final class TextWriter {
    /// The text became longer than it may.
    public static final class Full extends RuntimeException {
        Full() {
            super(null, null, false, false);
        }
    }

    private final StringBuilder text;
    private final int most;
    private @Nullable List<Marked.Span> spans;

    public TextWriter(int most) {
        this.text = new StringBuilder();
        this.most = most;
    }

    public void append(String part) {
        text.append(part);
        check();
    }

    public void append(String part, int from, int to) {
        text.append(part, from, to);
        check();
    }

    public void append(char c) {
        text.append(c);
        check();
    }

    public void append(long number) {
        text.append(number);
        check();
    }

    public void append(Marked part) {
        if (part.hasSecret()) {
            for (var span : part.spans()) {
                mark(text.length() + span.start(), text.length() + span.end(), span.name());
            }
        }
        append(part.reveal());
    }

    /// Appends text that is secret as a whole where `name` is not empty.
    public void append(String part, String name) {
        if (!name.isEmpty()) {
            mark(text.length(), text.length() + part.length(), name);
        }
        append(part);
    }

    /// Appends a string value, marked or not.
    public void appendValue(Object part) {
        if (part instanceof Marked marked) {
            append(marked);
        } else {
            append((String) part);
        }
    }

    public void repeat(char c, int count) {
        if (count > 0) {
            if (count > most) {
                throw new Full();
            }
            text.repeat(c, count);
            check();
        }
    }

    public int length() {
        return text.length();
    }

    /// The text so far: a String, or Marked where part of it is secret.
    public Object value() {
        return spans == null ? text.toString() : Marked.of(text.toString(), spans);
    }

    public Marked marked() {
        return spans == null ? Marked.plain(text.toString()) : Marked.of(text.toString(), spans);
    }

    private void mark(int start, int end, String name) {
        if (spans == null) {
            spans = new ArrayList<>();
        }
        spans.add(new Marked.Span(start, end, name));
    }

    /// For a text that is made at once: its length is known before it is made.
    ///
    /// @throws Full when it would be longer than `most`
    public static void check(long length, int most) {
        if (length > most) {
            throw new Full();
        }
    }

    private void check() {
        if (text.length() > most) {
            throw new Full();
        }
    }
}
