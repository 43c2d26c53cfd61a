package dev.fairlead.inventory;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Severity;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.environment.Origin;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Resolution;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.evaluate.Evaluator;
import dev.fairlead.inventory.evaluate.Origins;
import dev.fairlead.inventory.evaluate.Outliner;
import dev.fairlead.inventory.evaluate.Prepared;
import dev.fairlead.inventory.evaluate.StandIn;
import dev.fairlead.inventory.evaluate.Templates;
import dev.fairlead.inventory.model.ModelReader;
import dev.fairlead.inventory.model.StackModel;
import dev.fairlead.inventory.read.Roots;
import dev.fairlead.inventory.read.StackReader;
import dev.fairlead.inventory.schema.JsonSchema;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A loaded services.yaml: the way into this library.
///
/// Loading reads everything and needs no secret; an {@link Outline} says what there is and in which order; an {@link
/// Environment} has every value, with the ports and secrets that a target gave. For one thread at a time.
public final class Stack {
    private final StackModel model;
    private final Templates templates;
    private final List<Problem> warnings;
    private final IdentityHashMap<Outline, Prepared> prepared = new IdentityHashMap<>();

    private Stack(StackModel model, Templates templates, List<Problem> warnings) {
        this.model = model;
        this.templates = templates;
        this.warnings = warnings;
    }

    /// Reads a stack with everything that it imports, its templates, partials and manifests.
    ///
    /// @param folderOrFile a folder with a services.yaml, or a file
    /// @param variables the process environment
    /// @throws ProblemException with all problems of all files at once
    public static Stack load(Path folderOrFile, Map<String, String> variables) {
        var problems = new Problems();
        var text = StackReader.read(Roots.of(folderOrFile), variables, problems);
        if (text.isEmpty()) {
            throw new ProblemException(problems.list());
        }
        var model = ModelReader.read(text.get(), problems);
        var templates = Templates.load(model, problems);
        Outliner.checkGraph(model, problems);
        problems.throwIfErrors();
        return new Stack(model, templates, problems.list());
    }

    /// `metadata.name`.
    public String name() {
        return model.name();
    }

    /// What the environments are kept under.
    public String project() {
        return model.project();
    }

    /// An environment, as far as it says something about itself.
    ///
    /// @param target absent when it is abstract: only there to be `from`
    /// @param isDefault whether it is meant when none is named
    /// @param slots the highest number of a slot; 0 when there are none
    public record Listing(
            Optional<TargetKind> target, boolean isDefault, boolean guarded, int slots) {}

    /// All environments by name.
    public SortedMap<String, Listing> environments() {
        var chosen = model.defaultEnvironment();
        var listings = new TreeMap<String, Listing>();
        model.environments()
                .forEach((name, environment) ->
                        listings.put(
                                name,
                                new Listing(
                                        environment.target(),
                                        chosen.filter(environment::equals).isPresent(),
                                        environment.guarded(),
                                        environment.slots(
                                                environment.target().orElse(TargetKind.LOCAL)))));
        return Collections.unmodifiableSortedMap(listings);
    }

    /// What there is in an environment, before ports and secrets are known.
    ///
    /// @throws ProblemException with everything that is wrong with it, keys whose effect is not due included
    public Outline outline(Choice choice) {
        var problems = new Problems();
        var result = new Outliner(model, templates, problems, false).outline(choice);
        problems.throwIfErrors();
        prepared.put(result.outline(), result);
        return result.outline();
    }

    /// Every value.
    ///
    /// @param outline one that {@link #outline} of this stack gave
    /// @throws ProblemException with everything that cannot be evaluated, secrets without a value included
    public Environment evaluate(Outline outline, Resolution resolution) {
        var known = prepared.get(outline);
        if (known == null) {
            throw new IllegalArgumentException("not an outline of this stack: " + outline.ref());
        }
        var problems = new Problems();
        var environment = new Evaluator(known, resolution, problems).evaluate();
        problems.throwIfErrors();
        return environment;
    }

    /// Where the value of a key comes from, or those of all keys below it.
    ///
    /// @param key a unit's name and a path in it (`api.run.env.PORT`), or a path in `spec` (`vars.title`)
    /// @throws ProblemException when there is no such key, or the environment cannot be evaluated
    public List<Origin> origins(Outline outline, Resolution resolution, String key) {
        var known = prepared.get(outline);
        if (known == null) {
            throw new IllegalArgumentException("not an outline of this stack: " + outline.ref());
        }
        var problems = new Problems();
        var evaluator = new Evaluator(known, resolution, problems);
        var _ = evaluator.evaluate();
        problems.throwIfErrors();
        return new Origins(known, evaluator).of(key);
    }

    /// Everything that can be found without a target: each environment is outlined and evaluated with made-up ports and
    /// secrets. Keys that are not due are reported for the chosen environment alone.
    ///
    /// @return errors and warnings by place; empty when all is well
    public List<Problem> check(Choice choice) {
        var problems = new Problems();
        problems.addAll(warnings);
        new StandIn(model, templates, problems).check(choice);
        return problems.list();
    }

    /// What was found while loading that is no error.
    public List<Problem> warnings() {
        return warnings.stream().filter(one -> one.severity() != Severity.ERROR).toList();
    }

    /// The JSON Schema (2020-12) of services.yaml.
    public static String jsonSchema() {
        return JsonSchema.text();
    }
}
