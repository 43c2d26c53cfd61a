package dev.fairlead.migrate.spec;

import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.diagnostic.Source;
import dev.fairlead.document.Json;
import dev.fairlead.migrate.model.Meta;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.source.SourceFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// A MigrationSpec that code builds. It is written as JSON and read as a file is, so that what holds for files holds for
/// it; places of problems point into that text. Every method gives a new spec.
///
/// ```java
/// Spec.of("core.db.2025_01_add_users", "1")
///         .owners("@platform.core")
///         .up(SpecStep.schema("CREATE TABLE users (id bigint PRIMARY KEY)"))
///         .down(SpecStep.schema("DROP TABLE users"))
///         .build();
/// ```
public final class Spec {
    private final Map<String, Object> meta;
    private final Map<String, Object> plan;
    private final Map<String, Object> rest;

    private Spec(Map<String, Object> meta, Map<String, Object> plan, Map<String, Object> rest) {
        this.meta = meta;
        this.plan = plan;
        this.rest = rest;
    }

    public static Spec of(String name, String version) {
        var meta = new LinkedHashMap<String, Object>();
        meta.put(SpecKeys.NAME.name(), name);
        meta.put(SpecKeys.VERSION.name(), version);
        return new Spec(meta, Map.of(), Map.of());
    }

    public Spec title(String title) {
        return meta(SpecKeys.TITLE.name(), title);
    }

    public Spec description(String description) {
        return meta(SpecKeys.META_DESCRIPTION.name(), description);
    }

    public Spec domain(String domain) {
        return meta(SpecKeys.DOMAIN.name(), domain);
    }

    public Spec owners(String... owners) {
        return meta(SpecKeys.OWNERS.name(), List.of(owners));
    }

    public Spec tags(String... tags) {
        return meta(SpecKeys.TAGS.name(), List.of(tags));
    }

    public Spec stability(Meta.Stability stability) {
        return meta(SpecKeys.STABILITY.name(), stability.name().toLowerCase(Locale.ROOT));
    }

    public Spec docId(String docId) {
        return meta(SpecKeys.DOC_ID.name(), docId);
    }

    /// The steps there.
    public Spec up(SpecStep... steps) {
        return plan(SpecKeys.UP.name(), trees(steps));
    }

    /// The steps back.
    public Spec down(SpecStep... steps) {
        return plan(SpecKeys.DOWN.name(), trees(steps));
    }

    /// What a person does where there is no way back.
    public Spec fallback(String text) {
        return plan(SpecKeys.FALLBACK.name(), text);
    }

    /// Keys of migrations that must have run before, as `key` or `key@>=2`.
    public Spec dependsOn(String... keys) {
        return rest(SpecKeys.DEPENDENCIES.name(), List.of(keys));
    }

    /// Waits until the plan with it has been approved.
    public Spec requiresApproval() {
        return rest(SpecKeys.REQUIRES.name(), "approval");
    }

    /// A deploy goes on without waiting for its end.
    public Spec inBackground() {
        return rest(SpecKeys.BACKGROUND.name(), true);
    }

    /// The migration; files of scripts are relative to the working directory.
    ///
    /// @throws ProblemException with everything that is wrong
    public Migration build() {
        return build(Path.of(""));
    }

    /// The migration.
    ///
    /// @param folder that the files of scripts are relative to
    /// @throws ProblemException with everything that is wrong
    public Migration build(Path folder) {
        var tree = new LinkedHashMap<String, Object>();
        tree.put(SpecKeys.META.name(), meta);
        tree.put(SpecKeys.PLAN.name(), plan);
        tree.putAll(rest);
        var problems = new Problems();
        var source = new Source(meta.get(SpecKeys.NAME.name()) + " (code).json", Json.pretty(tree));
        var migration = SpecReader.read(source, SourceFolder.of(folder), problems);
        return migration.orElseThrow(() -> new ProblemException(problems.list()));
    }

    private static List<Map<String, Object>> trees(SpecStep... steps) {
        return Stream.of(steps).map(SpecStep::tree).toList();
    }

    private Spec meta(String key, Object value) {
        return new Spec(with(meta, key, value), plan, rest);
    }

    private Spec plan(String key, Object value) {
        return new Spec(meta, with(plan, key, value), rest);
    }

    private Spec rest(String key, Object value) {
        return new Spec(meta, plan, with(rest, key, value));
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
        var more = new LinkedHashMap<>(map);
        more.put(key, value);
        return more;
    }
}
