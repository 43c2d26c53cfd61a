package dev.fairlead.deploy.fake;

import dev.fairlead.deploy.kind.KindEnd;
import dev.fairlead.deploy.kind.KindPlan;
import dev.fairlead.deploy.kind.KindWatch;
import dev.fairlead.deploy.kind.Subject;
import dev.fairlead.deploy.kind.UnitKind;
import dev.fairlead.deploy.target.Cause;
import dev.fairlead.deploy.target.CauseCode;
import dev.fairlead.diagnostic.time.Deadline;
import dev.fairlead.inventory.environment.Environment;
import dev.fairlead.inventory.unit.Unit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Migrations of a database that is a list of names.
public final class FakeKind implements UnitKind {
    /// What lies in the folder, and what has run.
    public final List<String> files = new ArrayList<>();

    public final List<String> database = new ArrayList<>();

    /// Whether the database can be read; it can be once somebody ran something.
    public boolean readable = true;

    /// How the next run ends, when not well.
    public Optional<Cause> fails = Optional.empty();

    /// What the next run waits for first.
    public Optional<Cause> waits = Optional.empty();

    /// What was done: `run shop-db`, `await shop-db`.
    public final List<String> calls = new ArrayList<>();

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
        var content = new LinkedHashMap<String, Object>();
        content.put("kind", name());
        content.put("files", List.copyOf(files));
        return content;
    }

    @Override
    public KindPlan plan(Subject subject) {
        var pending = pending();
        var state =
                !readable
                        ? KindPlan.State.UNKNOWN
                        : pending.isEmpty() ? KindPlan.State.DONE : KindPlan.State.PENDING;
        return new KindPlan(
                subject.unit().name(),
                name(),
                state,
                readable ? pending.size() + " are pending" : "the database cannot be read",
                Map.of("pending", readable ? pending : List.of("?")),
                pending);
    }

    private List<String> pending() {
        var pending = new ArrayList<>(files);
        pending.removeAll(database);
        return pending;
    }

    @Override
    public KindEnd run(Subject subject, KindWatch watch) {
        calls.add("run " + subject.unit().name());
        waits.ifPresent(watch::waits);
        if (fails.isPresent()) {
            return new KindEnd.Failed(fails.get(), false);
        }
        for (var name : pending()) {
            watch.progress("runs " + name);
            database.add(name);
        }
        readable = true;
        return new KindEnd.Done("the schema is there");
    }

    @Override
    public KindEnd await(Subject subject, Deadline deadline, KindWatch watch) {
        calls.add("await " + subject.unit().name());
        if (pending().isEmpty()) {
            return new KindEnd.Done("the schema is there");
        }
        return new KindEnd.Failed(
                new Cause(
                        CauseCode.SCHEMA_MISSING,
                        "wants " + files + ", found " + database,
                        List.of(),
                        List.of()),
                true);
    }

    @Override
    public String remains() {
        return "its database stays as it is";
    }
}
