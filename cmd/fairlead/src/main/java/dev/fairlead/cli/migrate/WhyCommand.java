package dev.fairlead.cli.migrate;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Session;
import dev.fairlead.engine.schema.Why;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `fairlead migrate why`.
@Command(
        name = "why",
        description = {
            "Why the database is not where the files are, or why one migration has not run:",
            "what it waits for, what failed last, and what a person can do. Reads only."
        },
        footer = "  fairlead migrate why guestbook-db.sql.3 --unit guestbook-db")
final class WhyCommand implements Callable<Integer> {
    private final Session session;
    @Mixin private final PlaceFlags place = new PlaceFlags();

    @Parameters(
            arity = "0..1",
            paramLabel = "KEY",
            description = "A migration: a key, key@version, or the number of a goose file.")
    @Nullable String key;

    WhyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (var at = place.open(session)) {
            var migrations = at.migrations();
            var why = Why.of(migrations.plan(), migrations.history());
            var asked = key;
            var reasons = asked == null ? why.all() : why.of(at.files(), asked);
            if (session.json()) {
                var list = new ArrayList<Object>();
                for (var reason : reasons) {
                    var tree = new LinkedHashMap<String, Object>();
                    tree.put("code", reason.code());
                    reason.migration().ifPresent(id -> tree.put("migration", id));
                    tree.put("what", reason.what());
                    tree.put("advice", reason.advice());
                    list.add(tree);
                }
                var shape = new LinkedHashMap<String, Object>();
                shape.put("database", why.database());
                shape.put("reasons", list);
                session.printJson(shape);
            } else if (reasons.isEmpty()) {
                session.console().out().println(why.database() + ": all that is here has run");
            } else {
                print(reasons);
            }
            return ExitCode.DONE;
        }
    }

    /// What is advised for several in turn is said once, behind them.
    private void print(List<Why.Reason> reasons) {
        var out = session.console().out();
        for (int i = 0; i < reasons.size(); i++) {
            var reason = reasons.get(i);
            out.println(reason.code() + ": " + reason.what());
            boolean last =
                    i + 1 == reasons.size() || !reasons.get(i + 1).advice().equals(reason.advice());
            if (last) {
                reason.advice().forEach(advice -> out.println("  hint: " + advice));
            }
        }
    }
}
