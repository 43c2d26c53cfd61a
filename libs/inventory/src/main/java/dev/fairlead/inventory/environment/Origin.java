package dev.fairlead.inventory.environment;

import dev.fairlead.diagnostic.Place;
import java.util.List;
import java.util.Optional;

/// Where the value of a key comes from.
///
/// @param key the whole path: `api.run.env.PORT`
/// @param value what it is; secrets masked
/// @param layer who says so: `the unit`, `component java`, `overlay of ai`, `environment base`, `the stack`, `--set`,
///     `the default`, `the target`
/// @param written where it is written and how; absent where nobody wrote it
/// @param imports the globs that led to its file, the nearest first; none for the main file
/// @param over what it stands in for, the nearest first
/// @param reads what its template reads
public record Origin(
        String key,
        String value,
        String layer,
        Optional<Written> written,
        List<Place> imports,
        List<Over> over,
        List<Origin> reads) {
    /// A text in a file.
    ///
    /// @param text as it is written, before templates
    public record Written(Place place, String text) {}

    /// What another layer says, and has no effect.
    public record Over(String layer, Written written) {}

    public Origin {
        imports = List.copyOf(imports);
        over = List.copyOf(over);
        reads = List.copyOf(reads);
    }
}
