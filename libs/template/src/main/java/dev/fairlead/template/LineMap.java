package dev.fairlead.template;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import java.util.List;
import java.util.function.IntFunction;

/// Where each line of a rendered text came from. Lines count from 1, as in {@link Place}.
public final class LineMap {
    /// The origin of one line.
    ///
    /// @param place where the line's first character was written
    /// @param chain the calls that led there, the innermost first; empty in the manifest itself
    public record Origin(Place place, List<Problem.Step> chain) {
        public Origin {
            chain = List.copyOf(chain);
        }
    }

    private final int lines;
    private final IntFunction<Origin> origins;

    /// @param origins gives the origin of a line, counted from 0
    public LineMap(int lines, IntFunction<Origin> origins) {
        this.lines = lines;
        this.origins = origins;
    }

    /// The number of lines; a text without a line break has one.
    public int lines() {
        return lines;
    }

    /// The origin of a line; a number outside the text means its first or last line.
    public Origin origin(int line) {
        return origins.apply(Math.clamp(line, 1, lines) - 1);
    }
}
