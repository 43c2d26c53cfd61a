package dev.fairlead.deploy.target;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A cause as a plain tree: `{code, what, advice[], evidence[]}`.
public final class CauseTree {
    private CauseTree() {}

    public static Map<String, Object> of(Cause cause) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("code", cause.code().name());
        tree.put("what", cause.what());
        tree.put("advice", cause.advice());
        tree.put("evidence", cause.evidence());
        return tree;
    }

    /// The cause of a tree; a code that this version does not know keeps its name.
    public static Cause read(Map<?, ?> tree) {
        return new Cause(
                code(Objects.requireNonNull(tree.get("code"), "code").toString()),
                Objects.requireNonNull(tree.get("what"), "what").toString(),
                texts(tree.get("advice")),
                texts(tree.get("evidence")));
    }

    private static List<String> texts(@Nullable Object list) {
        var texts = new ArrayList<String>();
        if (list instanceof List<?> values) {
            values.forEach(value -> texts.add(String.valueOf(value)));
        }
        return texts;
    }

    private static Code code(String name) {
        for (var known : CauseCode.values()) {
            if (known.name().equals(name)) {
                return known;
            }
        }
        return new Other(name);
    }

    /// A code of another library or version, of which only the name was kept.
    private record Other(String name) implements Code {
        @Override
        public Kind kind() {
            return Kind.NOT_READY;
        }

        @Override
        public String meaning() {
            return "A unit is not ready; the code belongs to another version of Fairlead.";
        }

        @Override
        public String remedy() {
            return "See `fairlead explain` and `fairlead logs`.";
        }
    }
}
