package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Marked;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.keys.StackKeys;
import dev.fairlead.inventory.keys.UnitKeys;
import dev.fairlead.inventory.model.ModelReader;
import dev.fairlead.inventory.model.SecretModel;
import dev.fairlead.inventory.model.StackModel;
import dev.fairlead.template.EnvironmentVariables;
import dev.fairlead.template.FairleadFunctions;
import dev.fairlead.template.FunctionTable;
import dev.fairlead.template.MissingKey;
import dev.fairlead.template.Rendered;
import dev.fairlead.template.Template;
import dev.fairlead.template.TemplateCode;
import dev.fairlead.template.TemplateSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// Every template of a stack, parsed once: the partials, the manifests, and each scalar with an expression in it.
public final class Templates {
    /// A template that was a scalar: its problems point into the text of that scalar, and are moved into its file.
    private record Expression(Source source, Template template) {}

    /// A manifest file; without a template when it is plain.
    record ManifestFile(Source source, Optional<Template> template) {}

    private final IdentityHashMap<Node.Scalar, Expression> expressions = new IdentityHashMap<>();
    private final Map<String, ManifestFile> manifests = new HashMap<>();

    private final TemplateSet set;
    private final Map<String, ManifestFile> made = new HashMap<>();

    private Templates(TemplateSet set) {
        this.set = set;
    }

    /// Parses everything; what is wrong is in `problems`.
    public static Templates load(StackModel model, Problems problems) {
        var builder =
                builder(model)
                        .partial(Builtin.WORKLOAD)
                        .partial(Builtin.MIGRATIONS_TEXT)
                        .partial(Builtin.AGENTS_TEXT);
        boolean whole = partials(model, builder, problems);
        var broken = new Problems();
        var templates = new Templates(builder.build(broken));
        add(broken, whole, problems);
        var found = new Problems();
        for (var scalar : model.text().templates()) {
            templates.expression(scalar, found);
        }
        for (var path : manifestPaths(model)) {
            templates.manifest(model, path, found);
        }
        add(found, whole, problems);
        return templates;
    }

    /// Where partials are not even found, what they define is not missing.
    private static void add(Problems found, boolean whole, Problems problems) {
        found.list().stream()
                .filter(problem -> whole || problem.code() != TemplateCode.TEMPLATE_MISSING)
                .forEach(problems::add);
    }

    /// Whether all of them were found.
    private static boolean partials(
            StackModel model, TemplateSet.Builder builder, Problems problems) {
        var files = model.text().files();
        var paths = new TreeSet<String>();
        boolean whole = true;
        for (var glob : StackKeys.PARTIALS.scalars(settings(model))) {
            try {
                for (var path : files.glob(glob.printed(), glob.place())) {
                    if (paths.add(files.relative(path, glob.place()))) {
                        builder.partial(files.read(path, glob.place()));
                    }
                }
            } catch (ProblemException e) {
                problems.addAll(e.problems());
                whole = false;
            }
        }
        return whole;
    }

    private static Node.Mapping settings(StackModel model) {
        return ModelReader.under(StackKeys.TEMPLATES, model.spec());
    }

    private static TemplateSet.Builder builder(StackModel model) {
        var missing =
                switch (StackKeys.MISSING_KEY.text(settings(model)).orElse("strict")) {
                    case "error" -> MissingKey.ERROR;
                    case "default" -> MissingKey.DEFAULT;
                    case "zero" -> MissingKey.ZERO;
                    default -> MissingKey.STRICT;
                };
        return TemplateSet.builder()
                .functions(
                        FunctionTable.builtins()
                                .with(FairleadFunctions.table(granted(model)))
                                .with(DocumentFunctions.table()))
                .missingKey(missing);
    }

    /// The variables that the stack declares; one that a secret comes from is that secret.
    private static EnvironmentVariables granted(StackModel model) {
        var values = new TreeMap<String, Marked>();
        model.text().variables().forEach((name, value) -> values.put(name, Marked.plain(value)));
        for (var secret : model.secrets().values()) {
            if (secret.from() instanceof SecretModel.From.Variable(var name)) {
                values.computeIfPresent(
                        name, (_, value) -> Marked.secret(secret.name(), value.reveal()));
            }
        }
        return new EnvironmentVariables(new TreeSet<>(StackKeys.ENV.texts(model.spec())), values);
    }

    private void expression(Node.Scalar scalar, Problems problems) {
        if (expressions.containsKey(scalar)) {
            return;
        }
        try {
            expressions.put(scalar, parsed(set, scalar));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
    }

    private static Expression parsed(TemplateSet set, Node.Scalar scalar) {
        var source = new Source(scalar.place().file(), scalar.text());
        try {
            return new Expression(source, set.parse(source));
        } catch (ProblemException e) {
            throw moved(e, scalar, source);
        }
    }

    private void manifest(StackModel model, Node.Scalar path, Problems problems) {
        if (manifests.containsKey(path.printed()) || path.isTemplate()) {
            return;
        }
        try {
            var source = model.text().files().read(path.printed(), path.place());
            manifests.put(
                    path.printed(),
                    new ManifestFile(
                            source,
                            path.printed().endsWith(".tpl")
                                    ? Optional.of(set.parse(source))
                                    : Optional.empty()));
        } catch (ProblemException e) {
            problems.addAll(e.problems());
        }
    }

    /// All manifests that some environment may use: of units, their overlays, and components.
    private static List<Node.Scalar> manifestPaths(StackModel model) {
        var paths = new ArrayList<Node.Scalar>();
        for (var unit : model.declared().values()) {
            addPaths(unit.node(), paths);
            if (unit.node().find(UnitKeys.OVERLAYS) instanceof Node.Mapping overlays) {
                addPathsBelow(overlays, paths);
            }
        }
        addPathsBelow(ModelReader.under(StackKeys.COMPONENTS, model.spec()), paths);
        return paths;
    }

    private static void addPathsBelow(Node.Mapping parts, List<Node.Scalar> paths) {
        for (var entry : parts.entries().values()) {
            if (entry.value() instanceof Node.Mapping part) {
                addPaths(part, paths);
            }
        }
    }

    private static void addPaths(Node.Mapping part, List<Node.Scalar> paths) {
        for (var item : UnitKeys.MANIFESTS.items(part)) {
            if (item instanceof Node.Mapping manifest) {
                UnitKeys.MANIFEST_PATH.scalar(manifest).ifPresent(paths::add);
            }
        }
    }

    /// The value of a text: itself, or what its template gives.
    ///
    /// @throws ProblemException with places in the file of the scalar
    Marked text(Node.Scalar scalar, Map<String, ?> context) {
        if (!scalar.isTemplate()) {
            return Marked.plain(scalar.printed());
        }
        var expression = expressions.get(scalar);
        if (expression == null) {
            expression = parsed(set, scalar); // given by a flag, not by a file
            expressions.put(scalar, expression);
        }
        try {
            return expression.template().render(context).text();
        } catch (ProblemException e) {
            throw moved(e, scalar, expression.source());
        }
    }

    /// The value of a text that everybody will see.
    ///
    /// @throws ProblemException with places in the file of the scalar, also when a part of the value is secret
    String shown(Node.Scalar scalar, Map<String, ?> context) {
        var text = text(scalar, context);
        if (text.hasSecret()) {
            throw Problem.error(
                            InventoryCode.BAD_VALUE,
                            scalar.place(),
                            "a secret cannot stand here, as the value is shown")
                    .thrown();
        }
        return text.reveal();
    }

    /// A manifest as it is for a unit.
    ///
    /// @throws ProblemException when it cannot be rendered
    Optional<Rendered> render(ManifestFile file, Map<String, ?> context) {
        return file.template().map(template -> template.render(context));
    }

    /// The manifest of a unit that has an image and no manifests.
    ///
    /// @param partial what it includes
    ManifestFile made(String partial) {
        return made.computeIfAbsent(
                partial,
                name -> {
                    var text = "{{ include \"" + name + "\" . }}\n";
                    var source = new Source(name.replace('.', ':'), text);
                    return new ManifestFile(source, Optional.of(set.parse(source)));
                });
    }

    Optional<ManifestFile> manifest(String path) {
        return Optional.ofNullable(manifests.get(path));
    }

    private static ProblemException moved(ProblemException e, Node.Scalar scalar, Source source) {
        var moved = new ArrayList<Problem>();
        for (var problem : e.problems()) {
            var place =
                    problem.place()
                            .map(at ->
                                    at.source().equals(source)
                                            ? scalar.within(at.line(), at.column())
                                            : at)
                            .or(() -> Optional.of(scalar.place()));
            var trace =
                    problem.trace().stream()
                            .map(step ->
                                    step.place().source().equals(source)
                                            ? new Problem.Step(
                                                    scalar.within(
                                                            step.place().line(),
                                                            step.place().column()),
                                                    step.what())
                                            : step)
                            .toList();
            moved.add(
                    new Problem(
                            problem.code(),
                            problem.severity(),
                            place,
                            problem.what(),
                            problem.hint(),
                            trace));
        }
        return new ProblemException(moved);
    }
}
