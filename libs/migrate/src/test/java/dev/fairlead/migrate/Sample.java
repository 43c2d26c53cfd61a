package dev.fairlead.migrate;

import dev.fairlead.diagnostic.Source;
import dev.fairlead.migrate.model.ApprovalRule;
import dev.fairlead.migrate.model.Check;
import dev.fairlead.migrate.model.Dependency;
import dev.fairlead.migrate.model.Meta;
import dev.fairlead.migrate.model.Migration;
import dev.fairlead.migrate.model.MigrationKey;
import dev.fairlead.migrate.model.Script;
import dev.fairlead.migrate.model.Step;
import dev.fairlead.migrate.model.Version;
import dev.fairlead.migrate.sql.Splitter;
import dev.fairlead.migrate.sql.SqlText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Migrations as tests write them.
final class Sample {
    private final String key;
    private final List<Step> up = new ArrayList<>();
    private final List<Step> down = new ArrayList<>();
    private final List<Dependency> dependencies = new ArrayList<>();
    private final List<Check> pre = new ArrayList<>();
    private final List<Check> post = new ArrayList<>();
    private Optional<Duration> timeout = Optional.empty();
    private Optional<String> fallback = Optional.empty();
    private OptionalLong number = OptionalLong.empty();
    private int retries;
    private boolean idempotent;
    private boolean approval;
    private boolean background;

    private Sample(String key) {
        this.key = key;
    }

    static Sample of(String key) {
        return new Sample(key);
    }

    /// One that only has SQL, in a transaction.
    static Migration sql(String key, String sql) {
        return of(key).schema(sql).build();
    }

    static SqlText text(String sql) {
        return Splitter.split(new Source("sample.sql", sql));
    }

    /// What the next step says of itself.
    private Step.Header header() {
        var header =
                new Step.Header(
                        new Source(key + ".yaml", "").at(0),
                        Optional.empty(),
                        timeout,
                        retries,
                        idempotent,
                        pre,
                        post);
        pre.clear();
        post.clear();
        timeout = Optional.empty();
        retries = 0;
        idempotent = false;
        return header;
    }

    Sample pre(String expression) {
        pre.add(new Check("before", text(expression)));
        return this;
    }

    Sample post(String expression) {
        post.add(new Check("after", text(expression)));
        return this;
    }

    Sample timeout(Duration time) {
        timeout = Optional.of(time);
        return this;
    }

    Sample retries(int count) {
        retries = count;
        return this;
    }

    Sample idempotent() {
        idempotent = true;
        return this;
    }

    Sample schema(String sql) {
        up.add(new Step.Schema(header(), text(sql), true));
        return this;
    }

    Sample outside(String sql) {
        up.add(new Step.Schema(header(), text(sql), false));
        return this;
    }

    Sample data(Script script) {
        up.add(new Step.Data(header(), script));
        return this;
    }

    Sample validation(String assertion) {
        up.add(new Step.Validation(header(), text(assertion)));
        return this;
    }

    Sample down(String sql) {
        down.add(new Step.Schema(header(), text(sql), true));
        return this;
    }

    Sample fallback(String text) {
        fallback = Optional.of(text);
        return this;
    }

    Sample dependsOn(String other) {
        dependencies.add(
                new Dependency(
                        new Source(key + ".yaml", "").at(0),
                        new MigrationKey(other),
                        Optional.empty()));
        return this;
    }

    Sample number(long value) {
        number = OptionalLong.of(value);
        return this;
    }

    Sample approval() {
        approval = true;
        return this;
    }

    Sample background() {
        background = true;
        return this;
    }

    Migration build() {
        return new Migration(
                new MigrationKey(key),
                Version.parse("1").orElseThrow(),
                Meta.NONE,
                new Source(key + ".yaml", "").at(0),
                up,
                down,
                fallback,
                dependencies,
                number,
                approval ? List.of(ApprovalRule.always(new Source(key, "").at(0))) : List.of(),
                background);
    }
}
