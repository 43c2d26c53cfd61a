package dev.fairlead.template;

import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.template.format.GoQuote;
import dev.fairlead.template.parse.ParsedFile;
import dev.fairlead.template.parse.Tree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Which template a name means. A name has one meaning; only the default of a block gives way to a definition.
///
/// @param suspected what files that do not parse seem to define, beyond what could be read of them
record Definitions(Map<String, Tree> byName, Set<String> suspected) {
    private static final Pattern DEFINITION =
            Pattern.compile("\\{\\{-?\\s*(?:define|block)\\s+[\"'`]?([^\"'`\\s}]+)");

    Definitions {
        byName = Map.copyOf(byName);
        suspected = Set.copyOf(suspected);
    }

    static Definitions of(List<ParsedFile> files, Problems problems) {
        var trees = new HashMap<String, Tree>();
        for (var file : files) {
            add(file.body(), trees, Map.of(), problems);
        }
        for (var file : files) {
            file.definitions().forEach(tree -> add(tree, trees, Map.of(), problems));
        }
        return new Definitions(trees, suspected(files));
    }

    private static Set<String> suspected(List<ParsedFile> files) {
        var names = new TreeSet<String>();
        for (var file : files) {
            if (!file.problems().isEmpty()) {
                DEFINITION
                        .matcher(file.body().source().text())
                        .results()
                        .forEach(found -> names.add(found.group(1)));
            }
        }
        return names;
    }

    /// What a manifest defines itself, checked against these.
    Map<String, Tree> with(ParsedFile manifest, Problems problems) {
        var own = new HashMap<String, Tree>();
        add(manifest.body(), own, byName, problems);
        manifest.definitions().forEach(tree -> add(tree, own, byName, problems));
        return Map.copyOf(own);
    }

    Set<String> definedNames() {
        var names = new TreeSet<String>();
        byName.forEach((name, tree) -> {
            if (tree.kind() != Tree.Kind.FILE) {
                names.add(name);
            }
        });
        return names;
    }

    private static void add(
            Tree tree, Map<String, Tree> into, Map<String, Tree> shared, Problems problems) {
        var other = into.containsKey(tree.name()) ? into.get(tree.name()) : shared.get(tree.name());
        if (other == null) {
            into.put(tree.name(), tree);
        } else if (isBlock(other) && tree.kind() == Tree.Kind.DEFINE) {
            into.put(tree.name(), tree);
        } else if (!(isBlock(tree) && other.kind() == Tree.Kind.DEFINE)) {
            problems.add(conflict(tree, other));
        }
    }

    private static boolean isBlock(Tree tree) {
        return tree.kind() == Tree.Kind.BLOCK;
    }

    private static Problem conflict(Tree tree, Tree other) {
        var named = GoQuote.quoted(tree.name());
        var what =
                other.kind() == Tree.Kind.FILE
                        ? "the template " + named + " has the name of a file"
                        : "multiple definition of template " + named;
        return Problem.error(TemplateCode.TEMPLATE_CONFLICT, tree.place(), what)
                .withHint("the other one is at " + other.place());
    }

    /// Finds the calls of templates that nothing defines.
    void checkReferences(ParsedFile file, Map<String, Tree> own, Problems problems) {
        for (var reference : file.references()) {
            if (!own.containsKey(reference.name())
                    && !byName.containsKey(reference.name())
                    && !suspected.contains(reference.name())) {
                var known = new ArrayList<>(byName.keySet());
                known.addAll(own.keySet());
                var what =
                        "executing %s at <%s>: template %s not defined"
                                .formatted(
                                        GoQuote.quoted(reference.in()),
                                        reference.shown(),
                                        GoQuote.quoted(reference.name()));
                problems.add(
                        Problem.error(TemplateCode.TEMPLATE_MISSING, reference.place(), what)
                                .withHint(Nearest.hint(reference.name(), known)));
            }
        }
    }
}
