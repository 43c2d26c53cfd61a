package dev.fairlead.inventory.evaluate;

import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.inventory.Choice;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.cluster.Cluster;
import dev.fairlead.inventory.environment.EnvironmentRef;
import dev.fairlead.inventory.environment.Outline;
import dev.fairlead.inventory.environment.Outline.Part;
import dev.fairlead.inventory.environment.Outline.SecretSource;
import dev.fairlead.inventory.environment.TargetKind;
import dev.fairlead.inventory.graph.Graph;
import dev.fairlead.inventory.graph.Vertex;
import dev.fairlead.inventory.keys.EnvironmentKeys;
import dev.fairlead.inventory.keys.StackKeys;
import dev.fairlead.inventory.model.ModelReader;
import dev.fairlead.inventory.model.SecretModel;
import dev.fairlead.inventory.model.StackModel;
import dev.fairlead.inventory.model.UnitModel;
import dev.fairlead.inventory.model.UnitReader;
import dev.fairlead.inventory.unit.Stage;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.inventory.unit.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// Makes the outline of an environment: which units there are, in which order, with which ports. Needs nothing from the
/// target.
public final class Outliner {
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9]([-a-z0-9]*[a-z0-9])?\\.)*[a-z0-9]([-a-z0-9]*[a-z0-9])?");

    private final StackModel model;
    private final Templates templates;
    private final Problems problems;
    private final boolean forChecks;

    /// @param forChecks whether values that only a build can give are made up, and keys that are not due are let pass
    public Outliner(StackModel model, Templates templates, Problems problems, boolean forChecks) {
        this.model = model;
        this.templates = templates;
        this.problems = problems;
        this.forChecks = forChecks;
    }

    /// The outline; with errors in `problems` it is only good for finding more.
    ///
    /// @throws ProblemException when no environment can be found for the choice
    public Prepared outline(Choice choice) {
        var subject = new Selection(model, problems).of(choice);
        var scope = Scope.of(subject, templates, forChecks, problems);
        names(scope);
        if (!forChecks) {
            new NotYet(subject.target(), problems).environment(subject);
        }
        var units = new Sorting(scope);
        units.sort();
        var graph = new Graph(units.vertices, model.declared().keySet(), problems);
        graph.check();
        var edges =
                problems.hasErrors() ? new TreeMap<UnitName, SortedSet<UnitName>>() : graph.edges();
        return new Prepared(outline(scope, units, edges, choice), scope, units.here);
    }

    private Outline outline(
            Scope scope,
            Sorting units,
            SortedMap<UnitName, SortedSet<UnitName>> edges,
            Choice choice) {
        var subject = scope.subject();
        var environment = subject.environment();
        return new Outline(
                new EnvironmentRef(model.project(), environment.name(), subject.slot()),
                subject.target(),
                environment.mode(),
                environment.guarded(),
                scope.namespace(),
                scope.domain(),
                model.text().roots().folder(),
                model.text().roots().home(),
                parts(scope, units.here, edges),
                units.disabled,
                units.absent,
                secrets(),
                model.limits(),
                units.notes(),
                cluster(scope, choice));
    }

    private Cluster cluster(Scope scope, Choice choice) {
        var subject = scope.subject();
        var said = EnvironmentKeys.KUBERNETES.map(subject.environment().node());
        return new Cluster(
                choice.context().or(() -> said.flatMap(EnvironmentKeys.CONTEXT::text)),
                said.flatMap(EnvironmentKeys.KUBECONFIG::text)
                        .map(path -> model.text().roots().folder().resolve(path).normalize()),
                HomeUnit.isIsolated(subject),
                namespaces(scope));
    }

    /// Where the environment and each of its slots live.
    private SortedMap<Integer, String> namespaces(Scope scope) {
        var namespaces = new TreeMap<Integer, String>();
        var subject = scope.subject();
        if (subject.target() == TargetKind.KUBERNETES) {
            namespaces.put(subject.slot(), scope.namespace());
            int most = subject.environment().slots(subject.target());
            for (int slot = 0; slot <= most; slot++) {
                if (slot != subject.slot()) {
                    var other = Scope.of(numbered(subject, slot), templates, true, new Problems());
                    namespaces.put(slot, other.namespace());
                }
            }
        }
        return namespaces;
    }

    /// Namespace and domain must be names, and differ between slots.
    private void names(Scope scope) {
        var environment = scope.subject().environment().node();
        var namespace = EnvironmentKeys.NAMESPACE_TEMPLATE.scalar(environment);
        if (!UnitName.isValid(scope.namespace())) {
            report(
                    InventoryCode.BAD_NAMESPACE,
                    namespace,
                    "\"%s\" is not the name of a namespace".formatted(scope.namespace()));
        }
        var domain = EnvironmentKeys.DOMAIN_TEMPLATE.scalar(environment);
        if (!DOMAIN.matcher(scope.domain()).matches()) {
            report(
                    InventoryCode.BAD_DOMAIN,
                    domain,
                    "\"%s\" is not a domain".formatted(scope.domain()));
        }
        if (scope.subject().slot() == 0) {
            return;
        }
        var other =
                Scope.of(
                        numbered(scope.subject(), scope.subject().slot() + 1),
                        templates,
                        true,
                        new Problems());
        if (other.namespace().equals(scope.namespace())) {
            clash(namespace, "namespace", scope.namespace());
        }
        // On local nothing is reached by its domain.
        if (scope.subject().target() == TargetKind.KUBERNETES
                && other.domain().equals(scope.domain())) {
            clash(domain, "domain", scope.domain());
        }
    }

    private static Scope.Subject numbered(Scope.Subject subject, int slot) {
        return new Scope.Subject(
                subject.model(), subject.environment(), slot, subject.target(), subject.vars());
    }

    private void clash(Optional<Node.Scalar> template, String what, String value) {
        report(
                InventoryCode.SLOT_CLASH,
                template,
                "every slot would have the %s \"%s\": its template is %s"
                        .formatted(
                                what,
                                value,
                                template.map(Node.Scalar::text).orElse("the default")));
    }

    private void report(InventoryCode code, Optional<Node.Scalar> scalar, String what) {
        problems.add(
                scalar.map(at -> Problem.error(code, at.place(), what))
                        .orElseGet(() -> Problem.error(code, what)));
    }

    private SortedMap<UnitName, Part> parts(
            Scope scope,
            SortedMap<UnitName, UnitModel> units,
            SortedMap<UnitName, SortedSet<UnitName>> edges) {
        var parts = new TreeMap<UnitName, Part>();
        var ports = new Ports(scope, problems);
        boolean local = scope.subject().target() == TargetKind.LOCAL;
        for (var unit : units.values()) {
            Optional<Work.Postgres> builtin =
                    local && unit.builtin().filter("postgres"::equals).isPresent()
                            ? Optional.of(Runs.postgres(unit, scope, problems))
                            : Optional.empty();
            parts.put(
                    unit.name(),
                    new Part(
                            unit.name(),
                            unit.stage(),
                            unit.place(),
                            edges.getOrDefault(unit.name(), new TreeSet<>()),
                            ports.of(unit),
                            builtin));
        }
        HomeUnit.of(scope)
                .ifPresent(home -> {
                    parts.replaceAll((_, part) ->
                            part.waitsFor().isEmpty() ? part.after(HomeUnit.NAME) : part);
                    settle(home.part(), "the environment's own namespace", parts);
                });
        WorkspaceUnit.of(scope)
                .ifPresent(unit -> settle(unit.part(), "the environment's workspace", parts));
        return parts;
    }

    /// A unit that no file declares.
    private void settle(Part own, String of, SortedMap<UnitName, Part> parts) {
        var taken = parts.get(own.name());
        if (taken == null) {
            parts.put(own.name(), own);
        } else {
            problems.add(
                    Problem.error(
                                    InventoryCode.DUPLICATE_UNIT,
                                    taken.place(),
                                    "\"%s\" is the unit of %s".formatted(own.name(), of))
                            .withHint("give this unit another name"));
        }
    }

    private SortedMap<String, SecretSource> secrets() {
        var sources = new TreeMap<String, SecretSource>();
        for (var secret : model.secrets().values()) {
            sources.put(secret.name(), source(secret));
        }
        return sources;
    }

    private SecretSource source(SecretModel secret) {
        return switch (secret.from()) {
            case SecretModel.From.Generate(int length) -> new SecretSource.Generated(length);
            case SecretModel.From.Variable(String name) ->
                    new SecretSource.Given(
                            Optional.ofNullable(model.text().variables().get(name))
                                    .filter(value -> !value.isEmpty()));
            case SecretModel.From.File(Node.Scalar path) -> new SecretSource.Given(content(path));
        };
    }

    /// A file that is not there is no error yet: many commands never need the value.
    private Optional<String> content(Node.Scalar path) {
        try {
            var text = model.text().files().read(path.printed(), path.place()).text();
            return Optional.of(text.endsWith("\n") ? text.stripTrailing() : text);
        } catch (ProblemException e) {
            e.problems().stream()
                    .filter(problem -> problem.code() == InventoryCode.OUTSIDE_ROOT)
                    .forEach(problems::add);
            return Optional.empty();
        }
    }

    /// The units of the environment, sorted into those that are there, those that are not, and those left out.
    private final class Sorting {
        private final Scope scope;
        private final SortedMap<UnitName, UnitModel> here = new TreeMap<>();
        private final SortedSet<UnitName> disabled = new TreeSet<>();
        private final SortedSet<UnitName> absent = new TreeSet<>();
        private final SortedSet<UnitName> notDeployed = new TreeSet<>();
        private final List<Vertex> vertices = new ArrayList<>();

        Sorting(Scope scope) {
            this.scope = scope;
        }

        void sort() {
            var subject = scope.subject();
            var chain = subject.environment().chain();
            var reader =
                    new UnitReader(ModelReader.under(StackKeys.COMPONENTS, model.spec()), problems);
            var when = new When(scope, problems);
            var presence = new Presence(subject, problems);
            var later = new ArrayList<UnitModel>();
            for (var declared : model.declared().values()) {
                Optional<UnitModel> unit =
                        UnitReader.hasOverlays(declared, chain)
                                ? reader.read(declared, chain)
                                : Optional.ofNullable(model.units().get(declared.name()));
                if (unit.filter(one -> one.stage() == Stage.MIGRATIONS).isPresent()) {
                    later.add(unit.get());
                } else {
                    unit.ifPresent(one -> add(one, when, presence));
                }
            }
            // Whether they have something to do here depends on their database's unit.
            later.forEach(one -> add(one, when, presence));
        }

        private void add(UnitModel unit, When when, Presence presence) {
            vertices.add(References.vertex(unit, place(unit, when, presence)));
        }

        private Vertex.Presence place(UnitModel unit, When when, Presence presence) {
            if (!when.holds(unit)) {
                disabled.add(unit.name());
                return Vertex.Presence.DISABLED;
            }
            boolean deployed = model.stages().contains(unit.stage());
            if (deployed && !forChecks) {
                new NotYet(scope.subject().target(), problems).unit(unit);
            }
            if (deployed && presence.isHere(unit) && databaseIsHere(unit)) {
                here.put(unit.name(), unit);
                return Vertex.Presence.HERE;
            }
            absent.add(unit.name());
            if (!deployed) {
                notDeployed.add(unit.name());
            }
            return Vertex.Presence.ABSENT;
        }

        /// Where the database is another's, there is nothing to migrate.
        private boolean databaseIsHere(UnitModel unit) {
            return unit.databaseUnit()
                    .map(Node.Scalar::printed)
                    .filter(UnitName::isValid)
                    .map(UnitName::new)
                    .filter(name -> absent.contains(name))
                    .isEmpty();
        }

        List<String> notes() {
            return new Notes(scope).of(here.values(), disabled, absent, notDeployed);
        }
    }

    /// What a dry look at the models alone can say about the graph: for loading.
    public static void checkGraph(StackModel model, Problems problems) {
        var vertices = new ArrayList<Vertex>();
        for (var unit : model.units().values()) {
            vertices.add(
                    References.vertex(
                            unit,
                            unit.when().isEmpty() ? Vertex.Presence.HERE : Vertex.Presence.ABSENT));
        }
        new Graph(vertices, model.declared().keySet(), problems).check();
        References.checkOverlays(model, problems);
    }
}
