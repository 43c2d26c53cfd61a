package dev.fairlead.migrate.sql.aftermath;

import dev.fairlead.migrate.sql.Effect;
import dev.fairlead.migrate.sql.ObjectName;
import java.util.Optional;

/// Everything else that has a name.
final class Objects {
    private Objects() {}

    static Aftermath enumValue(Effect.AddEnumValue added) {
        return Aftermath.when(
                "EXISTS (SELECT FROM pg_enum WHERE enumtypid = %s AND enumlabel = %s)"
                        .formatted(Literals.type(added.type()), Literals.text(added.value())),
                "has type %s the value '%s'?".formatted(added.type(), added.value()));
    }

    static Aftermath type(Effect.CreateType made) {
        return Aftermath.when(
                Literals.type(made.type()) + " IS NOT NULL",
                "is type %s there?".formatted(made.type()));
    }

    /// With OR REPLACE the statement may simply run again.
    static Optional<Aftermath> created(Effect.Create made) {
        if (made.orReplace()) {
            return Optional.empty();
        }
        if (made.what().equals("DATABASE")) {
            return Optional.of(database(made.name()));
        }
        return exists(made.what(), made.name())
                .map(condition ->
                        Aftermath.when(
                                condition,
                                "is %s %s there?".formatted(lower(made.what()), made.name())));
    }

    /// An interrupted DROP DATABASE leaves a database that nothing but DROP DATABASE may touch (datconnlimit -2).
    private static Aftermath database(ObjectName name) {
        var drop = "DROP DATABASE " + Literals.identifier(name.name());
        return new Aftermath(
                """
                SELECT CASE WHEN d.oid IS NULL THEN 'MISSING' WHEN d.datconnlimit = -2 THEN 'HALF' ELSE 'DONE' END AS state,
                       CASE WHEN d.datconnlimit = -2 THEN %s END AS todo
                  FROM (VALUES (1)) AS one LEFT JOIN pg_database d ON d.datname = %s\
                """
                        .formatted(Literals.text(drop), Literals.text(name.name())),
                "is database %s there?".formatted(name));
    }

    static Optional<Aftermath> dropped(Effect.Drop dropped) {
        return exists(dropped.what(), dropped.name())
                .map(condition ->
                        Aftermath.when(
                                "NOT " + condition,
                                "is %s %s gone?".formatted(lower(dropped.what()), dropped.name())));
    }

    private static String lower(String what) {
        return what.toLowerCase(java.util.Locale.ROOT);
    }

    private static Optional<String> exists(String what, ObjectName name) {
        return switch (what) {
            case "VIEW", "MATERIALIZED VIEW", "SEQUENCE", "FOREIGN TABLE" ->
                    Optional.of("(" + Literals.relation(name) + " IS NOT NULL)");
            case "DOMAIN", "TYPE" -> Optional.of("(" + Literals.type(name) + " IS NOT NULL)");
            case "SCHEMA" -> Optional.of(row("pg_namespace", "nspname", name));
            case "EXTENSION" -> Optional.of(row("pg_extension", "extname", name));
            case "DATABASE" -> Optional.of(row("pg_database", "datname", name));
            case "TABLESPACE" -> Optional.of(row("pg_tablespace", "spcname", name));
            case "SUBSCRIPTION" ->
                    Optional.of(
                            "EXISTS (SELECT FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid"
                                    + " WHERE d.datname = current_database() AND s.subname = %s)"
                                            .formatted(Literals.text(name.name())));
            case "PUBLICATION" -> Optional.of(row("pg_publication", "pubname", name));
            case "ROLE", "USER", "GROUP" -> Optional.of(row("pg_roles", "rolname", name));
            case "LANGUAGE" -> Optional.of(row("pg_language", "lanname", name));
            case "EVENT TRIGGER" -> Optional.of(row("pg_event_trigger", "evtname", name));
            case "SERVER" -> Optional.of(row("pg_foreign_server", "srvname", name));
            case "FOREIGN DATA WRAPPER" ->
                    Optional.of(row("pg_foreign_data_wrapper", "fdwname", name));
            default -> Optional.empty();
        };
    }

    private static String row(String catalogue, String column, ObjectName name) {
        return "EXISTS (SELECT FROM %s WHERE %s = %s)"
                .formatted(catalogue, column, Literals.text(name.name()));
    }
}
