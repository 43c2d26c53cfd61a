package dev.fairlead.migrate.spec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A step of a {@link Spec} that code builds. Every method gives a new step; the rules are those of a file, and are
/// checked when the spec is built.
public final class SpecStep {
    private final Map<String, Object> tree;

    private SpecStep(Map<String, Object> tree) {
        this.tree = tree;
    }

    /// Changes the schema.
    public static SpecStep schema(String sql) {
        return of("schema", SpecKeys.SQL.name(), sql);
    }

    /// Changes data by statements.
    public static SpecStep data(String sql) {
        return script(SpecKeys.SCRIPT_SQL.name(), sql);
    }

    /// Changes data by a file of SQL.
    public static SpecStep file(String path) {
        return script(SpecKeys.SCRIPT_FILE.name(), path);
    }

    /// Changes data by a file of SQL at an address.
    public static SpecStep url(String url, String sha256) {
        var script = new LinkedHashMap<String, Object>();
        script.put(SpecKeys.SCRIPT_URL.name(), url);
        script.put(SpecKeys.SCRIPT_SHA256.name(), sha256);
        return of("data", SpecKeys.SCRIPT.name(), script);
    }

    /// Runs a program.
    public static SpecStep exec(String... command) {
        return script(SpecKeys.SCRIPT_EXEC.name(), List.of(command));
    }

    /// Changes many rows in batches.
    ///
    /// @param statement with `:batch` for the condition that chooses a batch's rows
    public static SpecStep backfill(String table, List<String> key, String statement) {
        var backfill = new LinkedHashMap<String, Object>();
        backfill.put(SpecKeys.TABLE.name(), table);
        backfill.put(SpecKeys.BATCH_KEY.name(), List.copyOf(key));
        backfill.put(SpecKeys.STATEMENT.name(), statement);
        return script(SpecKeys.SCRIPT_BACKFILL.name(), backfill);
    }

    /// Waits for a person.
    public static SpecStep instructions(String text) {
        return script(SpecKeys.SCRIPT_INSTRUCTIONS.name(), text);
    }

    /// Asks whether something holds.
    public static SpecStep validation(String assertion) {
        return of("validation", SpecKeys.ASSERTION.name(), assertion);
    }

    private static SpecStep script(String form, Object value) {
        return of("data", SpecKeys.SCRIPT.name(), Map.of(form, value));
    }

    private static SpecStep of(String kind, String key, Object value) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put("kind", kind);
        tree.put(key, value);
        return new SpecStep(tree);
    }

    public SpecStep description(String text) {
        return with(SpecKeys.DESCRIPTION.name(), text);
    }

    /// How long one attempt of the whole step with its checks may take.
    public SpecStep timeout(Duration timeout) {
        return with(SpecKeys.TIMEOUT.name(), timeout.toMillis());
    }

    /// Further attempts after the first.
    public SpecStep retries(int retries) {
        return with(SpecKeys.RETRIES.name(), retries);
    }

    /// The step may run again although it was not rolled back.
    public SpecStep idempotent() {
        return with(SpecKeys.IDEMPOTENT.name(), true);
    }

    /// The step's statements run one by one, each committed by itself.
    public SpecStep outsideTransaction() {
        return with(SpecKeys.TRANSACTIONAL.name(), false);
    }

    /// What must hold before the step.
    public SpecStep before(String description, String expression) {
        return check(SpecKeys.PRE_CHECKS.name(), description, expression);
    }

    /// What must hold after the step.
    public SpecStep after(String description, String expression) {
        return check(SpecKeys.POST_CHECKS.name(), description, expression);
    }

    private SpecStep check(String key, String description, String expression) {
        var checks = new ArrayList<Object>();
        if (tree.get(key) instanceof List<?> former) {
            checks.addAll(former);
        }
        var check = new LinkedHashMap<String, Object>();
        check.put(SpecKeys.EXPRESSION_DESCRIPTION.name(), description);
        check.put(SpecKeys.EXPRESSION.name(), expression);
        checks.add(check);
        return with(key, checks);
    }

    private SpecStep with(String key, Object value) {
        var more = new LinkedHashMap<>(tree);
        more.put(key, value);
        return new SpecStep(more);
    }

    Map<String, Object> tree() {
        return tree;
    }
}
