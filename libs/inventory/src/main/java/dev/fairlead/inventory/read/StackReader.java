package dev.fairlead.inventory.read;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.tree.YamlReader;
import dev.fairlead.document.typed.Checker;
import dev.fairlead.document.typed.Shape;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.keys.StackKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads the main file and everything that it imports.
public final class StackReader {
    private final Roots roots;
    private final StackFiles files;
    private final Problems problems;
    private final List<Node.Scalar> templates = new ArrayList<>();
    private final Checker checker;
    private final Merger merger;
    private final Map<String, Place> imports = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private final Set<String> open = new HashSet<>();
    private final List<Problem.Step> chain = new ArrayList<>();

    private StackReader(Roots roots, Problems problems) {
        this.roots = roots;
        this.files = new StackFiles(roots);
        this.problems = problems;
        this.checker = new Checker(problems, templates::add);
        this.merger = new Merger(problems);
    }

    /// Reads as much as can be read; what is wrong is in `problems`. Empty when there is no `spec` to go on with.
    ///
    /// @param variables the process environment
    public static Optional<StackText> read(
            Roots roots, Map<String, String> variables, Problems problems) {
        return new StackReader(roots, problems).run(variables);
    }

    private Optional<StackText> run(Map<String, String> variables) {
        var source = files.read(roots.main(), new Source(roots.main(), "").at(0));
        var top = file(source);
        if (top.isEmpty()) {
            return Optional.empty();
        }
        checker.required("the file", top.get().without("spec"), withoutSpec());
        if (!(top.get().find("spec") instanceof Node.Mapping own)) {
            return Optional.empty();
        }
        follow(roots.main(), own);
        merger.warnOfLoneExtensions();
        var spec = merger.spec(own);
        requiredOfSpec(spec);
        var given =
                new HashMap<>(EnvFiles.read(StackKeys.ENV_FILES.scalars(spec), files, problems));
        given.putAll(variables);
        return Optional.of(
                new StackText(
                        roots, files, top.get(), spec, merger.units(), templates, given, imports));
    }

    private static Shape withoutSpec() {
        return Shape.Struct.of(
                "head", "", List.of(StackKeys.API_VERSION, StackKeys.KIND, StackKeys.METADATA));
    }

    /// What units need is asked for when a unit is merged with its components.
    private void requiredOfSpec(Node.Mapping spec) {
        for (var key : StackKeys.SPEC_STRUCT.keys().values()) {
            var value = spec.find(key.name());
            if (value != null) {
                checker.required(key.name(), value, key.shape());
            }
        }
    }

    /// One file, checked on its own.
    private Optional<Node.Mapping> file(Source source) {
        var node = YamlReader.read(source, problems);
        if (node.isEmpty()) {
            if (!problems.hasErrors()) {
                problems.add(
                        Problem.error(
                                InventoryCode.WRONG_DIALECT, source.at(0), "the file is empty"));
            }
            return Optional.empty();
        }
        if (!(node.get() instanceof Node.Mapping top)) {
            checker.check("the file", node.get(), StackKeys.FILE);
            return Optional.empty();
        }
        var foreign = foreign(top);
        if (foreign.isPresent()) {
            problems.add(foreign.get());
            return Optional.empty();
        }
        checker.check("the file", top, StackKeys.FILE);
        return Optional.of(top);
    }

    /// The other dialects are named, not taken for a heap of unknown keys.
    private static Optional<Problem> foreign(Node.Mapping top) {
        var version = StackKeys.API_VERSION.scalar(top);
        if (version.isPresent() && version.get().printed().startsWith("codex-k8s.dev/")) {
            return Optional.of(
                    notYet(version.get().place(), "the dialect " + version.get().printed()));
        } else if (version.isEmpty() && top.find("project") != null && top.find("spec") == null) {
            return Optional.of(notYet(top.keyPlace("project"), "the dialect of codexctl"));
        }
        return version.filter(text -> !text.printed().equals(StackKeys.API_VERSION_VALUE))
                .map(text ->
                        Problem.error(
                                        InventoryCode.WRONG_DIALECT,
                                        text.place(),
                                        "\"" + text.printed() + "\" is not a known apiVersion")
                                .withHint("write apiVersion: " + StackKeys.API_VERSION_VALUE));
    }

    private static Problem notYet(Place place, String what) {
        return Problem.error(InventoryCode.NOT_YET, place, what + " is not read yet");
    }

    /// Adds what a file imports, then the file itself, so that it wins.
    private void follow(String name, Node.Mapping spec) {
        done.add(name);
        for (var glob : StackKeys.IMPORTS.scalars(spec)) {
            for (var path : matches(glob)) {
                attempt(() -> {
                    var found = files.relative(path, glob.place());
                    chain.addFirst(new Problem.Step(glob.place(), "imports " + found));
                    try {
                        importFile(found, glob);
                    } finally {
                        chain.removeFirst();
                    }
                });
            }
        }
        merger.add(spec);
    }

    private List<String> matches(Node.Scalar glob) {
        var paths = new ArrayList<String>();
        attempt(() -> paths.addAll(files.glob(glob.printed(), glob.place())));
        return paths;
    }

    /// One file that cannot be read does not keep the others from being read.
    private void attempt(Runnable work) {
        try {
            work.run();
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
    }

    private void importFile(String name, Node.Scalar from) {
        if (open.contains(name) || name.equals(roots.main())) {
            if (name.equals(from.place().file()) && !from.printed().equals(name)) {
                return; // a glob that happens to match the file it stands in
            }
            problems.add(
                    Problem.error(
                                    InventoryCode.IMPORT_CYCLE,
                                    from.place(),
                                    "importing \"" + name + "\" here makes a circle")
                            .withTrace(chain));
            return;
        }
        if (!done.add(name)) {
            return; // imported twice: it counts once
        }
        open.add(name);
        imports.put(name, from.place());
        try {
            int before = problems.size();
            var top = file(files.read(name, from.place()));
            if (top.isPresent() && top.get().find("spec") instanceof Node.Mapping spec) {
                follow(name, spec);
            } else if (problems.size() == before) {
                checker.required(
                        name, top.orElse(Node.Mapping.empty(from.place())), StackKeys.FILE);
            }
        } finally {
            open.remove(name);
        }
    }
}
