package dev.fairlead.migrate.lint;

import dev.fairlead.diagnostic.Severity;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.sql.Classifier;
import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.Facts;
import dev.fairlead.migrate.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One walk over migrations in the order in which they would run.
final class Pass {
    private static final String UNCOMMITTED = "ban-uncommitted-transaction";

    /// A finding and what it is about.
    private record Raised(Finding finding, Optional<Statement> statement) {}

    private final LintOptions options;
    private final Known known;
    private final List<Entry> entries;
    private final List<Finding> findings = new ArrayList<>();
    private final List<Raised> raised = new ArrayList<>();
    private final IdentityHashMap<Statement, Facts> classified = new IdentityHashMap<>();

    Pass(LiveFacts live, LintOptions options) {
        this.options = options;
        this.known = new Known(live);
        this.entries =
                Rules.entries().stream()
                        .filter(entry -> !options.off().contains(entry.rule().name()))
                        .toList();
    }

    List<Finding> run(List<Migration> pending) {
        for (var migration : options.applied()) {
            migration.up().forEach(step -> StepTexts.of(step).forEach(this::learn));
        }
        known.settle();
        pending.forEach(this::look);
        return List.copyOf(findings);
    }

    private void learn(StepTexts texts) {
        texts.sql().statements().forEach(statement -> known.take(Classifier.classify(statement)));
    }

    private void look(Migration migration) {
        raised.clear();
        classified.clear();
        var makes = makes(migration);
        for (int i = 0; i < migration.up().size(); i++) {
            var step = migration.up().get(i);
            for (var texts : StepTexts.of(step)) {
                look(new Site.Where(migration, i, step, texts.transactional(), makes), texts);
            }
        }
        for (var entry : entries) {
            for (var found : entry.migrations().look(migration)) {
                raise(entry.rule(), found, migration, Optional.empty());
            }
        }
        settle(migration);
    }

    /// Names of what the migration makes in any of its steps.
    private Set<String> makes(Migration migration) {
        var names = new HashSet<String>();
        for (Step step : migration.up()) {
            for (var texts : StepTexts.of(step)) {
                for (var statement : texts.sql().statements()) {
                    for (var effect : facts(statement).effects()) {
                        made(effect).ifPresent(names::add);
                    }
                }
            }
        }
        return names;
    }

    private Facts facts(Statement statement) {
        return classified.computeIfAbsent(statement, Classifier::classify);
    }

    private static Optional<String> made(Effect effect) {
        return switch (effect) {
            case Effect.CreateTable create -> Optional.of(create.table().name());
            case Effect.CreateType create -> Optional.of(create.type().name());
            case Effect.Create create -> Optional.of(create.name().name());
            default -> Optional.empty();
        };
    }

    private void look(Site.Where where, StepTexts texts) {
        var transactions = new Transactions(texts);
        for (var query : texts.sql().queries()) {
            transactions.begin(query);
            for (var statement : query.statements()) {
                var facts = facts(statement);
                look(new Site(where, facts, transactions.of(facts), known));
                transactions.after(facts);
            }
        }
        transactions
                .open()
                .ifPresent(begin ->
                        raise(
                                Rules.find(UNCOMMITTED).orElseThrow(),
                                Found.of(
                                                "this transaction is never committed: the step ends, and all of it is rolled back",
                                                "COMMIT at the end of the step, or leave out the BEGIN")
                                        .at(begin.place())
                                        .inStep(where.index()),
                                where.migration(),
                                Optional.of(begin)));
    }

    private void look(Site site) {
        for (var entry : entries) {
            for (var found : entry.statements().look(site)) {
                raise(
                        entry.rule(),
                        found.inStep(site.where().index()),
                        site.where().migration(),
                        Optional.of(site.facts().statement()));
            }
        }
        take(site.facts(), site.transaction());
    }

    private void take(Facts facts, Transaction transaction) {
        transaction.lock(facts, known);
        for (var effect : facts.effects()) {
            switch (effect) {
                case Effect.AddEnumValue(var type, var value, _) -> {
                    if (!transaction.types().contains(known.key(type))) {
                        transaction.enumValues().put(value, type);
                    }
                }
                case Effect.CreateType(var type, _) -> transaction.types().add(known.key(type));
                case Effect.AddConstraint(var table, var name, _, _, var notValid, _) -> {
                    if (notValid) {
                        name.ifPresent(text ->
                                transaction.constraints().add(known.key(table) + "." + text));
                    }
                }
                default -> {}
            }
        }
        known.take(facts);
    }

    private void raise(Rule rule, Found found, Migration migration, Optional<Statement> statement) {
        if (options.off().contains(rule.name())) {
            return;
        }
        var place =
                found.place().or(() -> statement.map(Statement::place)).orElse(migration.place());
        var figures = found.table().map(known::figures).orElse("");
        raised.add(
                new Raised(
                        new Finding(
                                rule.name(),
                                severity(rule, found),
                                migration.key(),
                                found.step(),
                                place,
                                found.what() + figures,
                                found.hint()),
                        statement));
    }

    private Severity severity(Rule rule, Found found) {
        var set = options.severities().get(rule.name());
        if (set != null) {
            return set;
        }
        var own = found.severity().orElse(rule.severity());
        boolean light =
                found.table().flatMap(known::size).stream()
                        .anyMatch(size ->
                                switch (found.weight()) {
                                    case ALWAYS -> false;
                                    case BY_SIZE ->
                                            size.rows() <= options.smallRows()
                                                    && size.bytes() <= options.smallBytes();
                                    case UNLESS_EMPTY -> size.rows() == 0;
                                });
        return light && own == Severity.ERROR ? Severity.WARNING : own;
    }

    /// Leaves out what is ignored, complains about the comments, and puts all of it in the order of the file.
    private void settle(Migration migration) {
        var ignores = new Ignores(migration);
        var left = new ArrayList<Finding>();
        for (var each : raised) {
            if (!ignores.ignores(each.finding(), each.statement())) {
                left.add(each.finding());
            }
        }
        raised.clear();
        for (var complaint : ignores.complaints(options.off())) {
            raise(complaint.rule(), complaint.found(), migration, Optional.empty());
        }
        raised.forEach(each -> left.add(each.finding()));
        left.sort(
                Comparator.comparingInt(Finding::step)
                        .thenComparing(Finding::place)
                        .thenComparing(Finding::rule));
        findings.addAll(left);
    }
}
