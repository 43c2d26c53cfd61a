package dev.fairlead.template;

import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.template.execute.Program;
import dev.fairlead.template.parse.ParsedFile;
import dev.fairlead.template.parse.Parser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/// A function table and partials, parsed once. Immutable, shared by threads.
public final class TemplateSet {
    private final Builder settings;
    private final Definitions partials;

    private TemplateSet(Builder settings, Definitions partials) {
        this.settings = settings;
        this.partials = partials;
    }

    public static Builder builder() {
        return new Builder();
    }

    /// Puts a set together.
    public static final class Builder {
        private FunctionTable functions = FunctionTable.builtins();
        private MissingKey missingKey = MissingKey.STRICT;
        private Limits limits = Limits.DEFAULTS;
        private final List<Source> partials = new ArrayList<>();

        private Builder() {}

        private Builder(Builder other) {
            functions = other.functions;
            missingKey = other.missingKey;
            limits = other.limits;
        }

        /// Instead of Go's predeclared functions alone.
        public Builder functions(FunctionTable table) {
            functions = table;
            return this;
        }

        /// Instead of {@link MissingKey#STRICT}.
        public Builder missingKey(MissingKey mode) {
            missingKey = mode;
            return this;
        }

        /// Instead of {@link Limits#DEFAULTS}.
        public Builder limits(Limits given) {
            limits = given;
            return this;
        }

        /// One more file whose definitions every template of the set may call.
        public Builder partial(Source source) {
            partials.add(source);
            return this;
        }

        /// @throws dev.fairlead.diagnostic.ProblemException with everything that is wrong with the partials
        public TemplateSet build() {
            var problems = new Problems();
            var set = build(problems);
            problems.throwIfErrors();
            return set;
        }

        /// The set with what could be read of the partials. With errors in `problems` it is only good for finding more:
        /// what a broken partial seems to define is not called missing.
        public TemplateSet build(Problems problems) {
            var files = new ArrayList<ParsedFile>();
            for (var partial : partials) {
                var file = Parser.parse(partial, functions);
                problems.addAll(file.problems());
                files.add(file);
            }
            var definitions = Definitions.of(files, problems);
            for (var file : files) {
                definitions.checkReferences(file, Map.of(), problems);
            }
            return new TemplateSet(new Builder(this), definitions);
        }
    }

    /// Parses a template that sees the partials and its own definitions, and nothing of other templates.
    ///
    /// @throws dev.fairlead.diagnostic.ProblemException with everything that is wrong with it: what does not parse,
    ///     unknown functions, missing templates, definitions of a name that is taken
    public Template parse(Source manifest) {
        var problems = new Problems();
        var file = Parser.parse(manifest, settings.functions);
        problems.addAll(file.problems());
        var own = partials.with(file, problems);
        partials.checkReferences(file, own, problems);
        problems.throwIfErrors();
        return new Template(
                new Program(
                        file.body(), own, partials.byName(), settings.missingKey, settings.limits));
    }

    /// The names that the partials define; a partial's file name is none of them.
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(partials.definedNames()));
    }
}
