package dev.fairlead.engine.schema;

import dev.fairlead.deploy.DeployCode;
import dev.fairlead.deploy.kind.KindEnd;
import dev.fairlead.deploy.kind.KindPlan;
import dev.fairlead.deploy.kind.KindPlan.State;
import dev.fairlead.deploy.kind.KindWatch;
import dev.fairlead.deploy.kind.Subject;
import dev.fairlead.deploy.kind.UnitKind;
import dev.fairlead.deploy.render.Revision;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.deploy.target.Target.Reach;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.diagnostic.time.Ticker;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Unit;
import dev.fairlead.inventory.unit.UnitName;
import dev.fairlead.migrate.MigrateCode;
import dev.fairlead.migrate.Migrations;
import dev.fairlead.migrate.history.History;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Migrations units on the way back to a revision: nothing is migrated, in neither direction. The database must have what
/// the revision's programs were made for, and nothing may have been taken away since; otherwise the way back is refused.
final class RecordedKind implements UnitKind {
    private static final Duration LOOK = Duration.ofMillis(500);

    private final Revision revision;

    RecordedKind(Revision revision) {
        this.revision = revision;
    }

    @Override
    public String name() {
        return "migrations";
    }

    @Override
    public boolean covers(Unit unit) {
        return unit.migrations().isPresent();
    }

    @Override
    public Duration timeout(Unit unit) {
        return unit.migrations().orElseThrow().timeout();
    }

    @Override
    public Map<String, Object> content(Environment environment, Unit unit) {
        return Objects.requireNonNull(revision.units().get(unit.name()));
    }

    /// @throws ProblemException `SCHEMA_PAST_REVISION` when the database cannot serve the revision
    @Override
    public KindPlan plan(Subject subject) {
        try (var line = Line.to(subject)) {
            return switch (line.reach()) {
                case Reach.Never _ -> judged(subject, History.none("", database(subject)));
                case Reach.Down(var why) -> planned(subject, State.UNKNOWN, why);
                case Reach.Open _ ->
                        history(line.url())
                                .map(history -> judged(subject, history))
                                .orElseGet(() ->
                                        planned(
                                                subject,
                                                State.UNKNOWN,
                                                "its database cannot be reached yet"));
            };
        }
    }

    private static String database(Subject subject) {
        return subject.unit().migrations().orElseThrow().database();
    }

    /// Empty when the database cannot be reached.
    private static Optional<History> history(String url) {
        try {
            return Optional.of(Migrations.of(url).history());
        } catch (ProblemException e) {
            if (e.problems().getFirst().code() != MigrateCode.DATABASE_UNREACHABLE) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private KindPlan judged(Subject subject, History history) {
        var why = requirement(subject.unit().name()).against(history);
        if (!why.isEmpty()) {
            throw Problem.error(
                            DeployCode.SCHEMA_PAST_REVISION,
                            "revision %d cannot be gone back to: the database \"%s\" cannot serve it: %s"
                                    .formatted(
                                            revision.number(), database(subject), why.getFirst()))
                    .withEvidence(why)
                    .withHint(DeployCode.SCHEMA_PAST_REVISION.remedy())
                    .thrown();
        }
        return planned(subject, State.DONE, "its database serves revision " + revision.number());
    }

    private Requirement requirement(UnitName unit) {
        return Requirement.of(Objects.requireNonNull(revision.units().get(unit)));
    }

    private KindPlan planned(Subject subject, State state, String reason) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("database", database(subject));
        tree.put("revision", revision.number());
        return new KindPlan(subject.unit().name(), name(), state, reason, tree, List.of());
    }

    @Override
    public KindEnd run(Subject subject, KindWatch watch) throws InterruptedException {
        return await(subject, Deadline.in(timeout(subject.unit()), Ticker.SYSTEM), watch);
    }

    @Override
    public KindEnd await(Subject subject, Deadline deadline, KindWatch watch)
            throws InterruptedException {
        while (true) {
            try (var line = Line.to(subject)) {
                var history =
                        line.reach() instanceof Reach.Open
                                ? history(line.url())
                                : Optional.<History>empty();
                if (history.isPresent()) {
                    return end(subject, history.get());
                }
            }
            var cause =
                    new Cause(
                            CauseCode.DATABASE_UNAVAILABLE,
                            "its database cannot be reached",
                            List.of(),
                            List.of());
            if (deadline.passed()) {
                return new KindEnd.Failed(cause, true);
            }
            watch.waits(cause);
            Ticker.SYSTEM.pause(deadline.slice(LOOK));
        }
    }

    private KindEnd end(Subject subject, History history) {
        var why = requirement(subject.unit().name()).against(history);
        return why.isEmpty()
                ? new KindEnd.Done("the schema is there; nothing was migrated")
                : new KindEnd.Failed(
                        new Cause(
                                DeployCode.SCHEMA_PAST_REVISION,
                                "its database cannot serve revision %d: %s"
                                        .formatted(revision.number(), why.getFirst()),
                                List.of(DeployCode.SCHEMA_PAST_REVISION.remedy()),
                                why),
                        false);
    }

    @Override
    public String remains() {
        return "its database stays as it is";
    }
}
