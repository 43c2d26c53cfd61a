package dev.fairlead.migrate.spec;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.tree.JsonReader;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.tree.YamlReader;
import dev.fairlead.document.typed.Checker;
import dev.fairlead.document.typed.Key;
import dev.fairlead.migrate.model.ApprovalRule;
import dev.fairlead.migrate.model.Dependency;
import dev.fairlead.migrate.model.Meta;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.model.Version;
import dev.fairlead.migrate.source.SourceFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Reads one MigrationSpec, from YAML 1.2 or, when its name ends in `.json`, from JSON. Everything that is wrong in it is
/// reported in one pass.
public final class SpecReader {
    private static final List<String> SUFFIXES =
            List.of(".migration.yaml", ".migration.yml", ".migration.json");

    private final Problems problems;
    private final Checker checker;
    private final StepReader steps;

    private SpecReader(SourceFolder folder, Problems problems) {
        this.problems = problems;
        this.checker =
                new Checker(
                        problems,
                        _ -> {
                            // nothing is evaluated: {{ is a text like any other
                        });
        this.steps = new StepReader(folder, checker, problems);
    }

    /// Whether a file's name is that of a spec.
    public static boolean isSpec(String fileName) {
        return SUFFIXES.stream().anyMatch(fileName::endsWith);
    }

    /// The migration of a spec; empty when something is wrong, which `problems` then says.
    ///
    /// @param folder that the files of its scripts are relative to
    public static Optional<Migration> read(Source source, SourceFolder folder, Problems problems) {
        var own = new Problems();
        var root =
                source.name().endsWith(".json")
                        ? JsonReader.read(source, own)
                        : YamlReader.read(source, own);
        if (root.isEmpty() && !own.hasErrors()) {
            own.add(
                    Problem.error(
                            SpecCode.SPEC_NO_STEP, source.at(0), "there is nothing in this file"));
        }
        var migration = root.flatMap(node -> new SpecReader(folder, own).migration(node));
        problems.addAll(own.list());
        return own.hasErrors() ? Optional.empty() : migration;
    }

    private Optional<Migration> migration(Node node) {
        checker.check("the spec", node, SpecKeys.FRAME);
        checker.required("the spec", node, SpecKeys.FRAME);
        if (!(node instanceof Node.Mapping root)) {
            return Optional.empty();
        }
        var meta = SpecKeys.META.map(root).orElseGet(() -> Node.Mapping.empty(root.place()));
        var plan = SpecKeys.PLAN.map(root).orElseGet(() -> Node.Mapping.empty(root.place()));
        var name = name(meta);
        var version = version(meta);
        var up = up(plan);
        var down = SpecKeys.DOWN.items(plan).stream().flatMap(this::step).toList();
        boolean background = background(root, plan);
        var dependencies = dependencies(root);
        if (name.isEmpty() || version.isEmpty() || problems.hasErrors()) {
            return Optional.empty();
        }
        return Optional.of(
                new Migration(
                        new MigrationKey(name.get().text()),
                        version.get(),
                        meta(meta),
                        name.get().place(),
                        up,
                        down,
                        text(SpecKeys.FALLBACK, plan),
                        dependencies,
                        OptionalLong.empty(),
                        SpecKeys.REQUIRES.scalar(root).isPresent() || anyStepRequires(plan)
                                ? List.of(ApprovalRule.always(name.get().place()))
                                : List.of(),
                        background));
    }

    private java.util.stream.Stream<Step> step(Node node) {
        return steps.read(node).stream();
    }

    private Optional<Node.Scalar> name(Node.Mapping meta) {
        var name = SpecKeys.NAME.scalar(meta);
        var key = SpecKeys.KEY.scalar(meta);
        if (name.isPresent() && key.isPresent() && !name.get().text().equals(key.get().text())) {
            problems.add(
                    Problem.error(
                                    SpecCode.SPEC_NAME,
                                    key.get().place(),
                                    "key is \"%s\", and name is \"%s\""
                                            .formatted(key.get().text(), name.get().text()))
                            .withHint(
                                    "they are one key with two spellings: leave one of them out"));
        }
        if (meta.find("name") == null && meta.find("key") == null) {
            problems.add(
                    Problem.error(
                                    SpecCode.SPEC_NAME,
                                    meta.place(),
                                    "meta needs the key \"name\": " + SpecKeys.NAME.shape().says())
                            .withHint("for example name: " + SpecKeys.NAME.examples().getFirst()));
        }
        return name.or(() -> key).filter(scalar -> MigrationKey.fits(scalar.text()));
    }

    /// From the text as written: the number 1.10 is another than the version 1.10.
    private Optional<Version> version(Node.Mapping meta) {
        var scalar = SpecKeys.VERSION.scalar(meta);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        var version = Version.parse(scalar.get().text());
        if (version.isEmpty()) {
            problems.add(
                    Problem.error(
                                    SpecCode.SPEC_VERSION,
                                    scalar.get().place(),
                                    "\""
                                            + scalar.get().text()
                                            + "\" is not a version such as 1, 1.2 or 1.2.3-beta.1")
                            .withHint(
                                    scalar.get().text().contains("+")
                                            ? Optional.of(
                                                    "leave out the build metadata, from the + on")
                                            : Optional.empty()));
        }
        return version;
    }

    private List<Step> up(Node.Mapping plan) {
        if (plan.find("up") instanceof Node.Sequence list && list.items().isEmpty()) {
            problems.add(
                    Problem.error(
                                    SpecCode.SPEC_NO_STEP,
                                    list.place(),
                                    "plan.up is empty: there is nothing to run")
                            .withHint("for example up: " + SpecKeys.UP.examples().getFirst()));
        }
        return SpecKeys.UP.items(plan).stream().flatMap(this::step).toList();
    }

    private boolean background(Node.Mapping root, Node.Mapping plan) {
        if (SpecKeys.BACKGROUND.flag(root)) {
            return true;
        }
        var up = SpecKeys.UP.items(plan);
        var those =
                up.stream()
                        .filter(item ->
                                item instanceof Node.Mapping map
                                        && SpecKeys.STEP_BACKGROUND.flag(map))
                        .toList();
        if (!those.isEmpty() && those.size() < up.size()) {
            problems.add(
                    Problem.error(
                            SpecCode.SPEC_BACKGROUND,
                            ((Node.Mapping) those.getFirst()).keyPlace("background"),
                            "a migration is in the background as a whole, and %d of its %d steps say so"
                                    .formatted(those.size(), up.size())));
        }
        return !those.isEmpty();
    }

    private static boolean anyStepRequires(Node.Mapping plan) {
        return SpecKeys.UP.items(plan).stream()
                .anyMatch(item ->
                        item instanceof Node.Mapping map
                                && SpecKeys.STEP_REQUIRES.scalar(map).isPresent());
    }

    private List<Dependency> dependencies(Node.Mapping root) {
        var found = new ArrayList<Dependency>();
        for (var scalar : SpecKeys.DEPENDENCIES.scalars(root)) {
            dependency(scalar.text(), scalar.place()).ifPresent(found::add);
        }
        return found;
    }

    private Optional<Dependency> dependency(String text, Place place) {
        int at = text.indexOf('@');
        var key = (at < 0 ? text : text.substring(0, at)).strip();
        var range = at < 0 ? "" : text.substring(at + 1).strip();
        if (!MigrationKey.fits(key)) {
            return wrong(place, text, "a migration's key, with @>=VERSION where a version matters");
        }
        if (at < 0) {
            return Optional.of(new Dependency(place, new MigrationKey(key), Optional.empty()));
        }
        var version = range.startsWith(">=") ? Version.parse(range.substring(2).strip()) : null;
        if (version == null || version.isEmpty()) {
            return wrong(place, text, "a key with @>= and a version, such as " + key + "@>=2");
        }
        return Optional.of(new Dependency(place, new MigrationKey(key), version));
    }

    private Optional<Dependency> wrong(Place place, String text, String must) {
        problems.add(
                Problem.error(
                        SpecCode.SPEC_DEPENDENCY,
                        place,
                        "the dependency \"" + text + "\" is not " + must));
        return Optional.empty();
    }

    private static Meta meta(Node.Mapping meta) {
        return new Meta(
                text(SpecKeys.TITLE, meta),
                text(SpecKeys.META_DESCRIPTION, meta),
                text(SpecKeys.DOMAIN, meta),
                texts(SpecKeys.OWNERS, meta),
                texts(SpecKeys.TAGS, meta),
                text(SpecKeys.STABILITY, meta)
                        .map(word -> Meta.Stability.valueOf(word.toUpperCase(Locale.ROOT))),
                text(SpecKeys.DOC_ID, meta));
    }

    private static Optional<String> text(Key key, Node.Mapping in) {
        return key.scalar(in).map(Node.Scalar::text);
    }

    private static List<String> texts(Key key, Node.Mapping in) {
        return key.scalars(in).stream().map(Node.Scalar::text).toList();
    }
}
