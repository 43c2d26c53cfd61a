package dev.fairlead.target.local.postgres;

import dev.fairlead.document.Digest;
import java.io.IOException;
import java.util.List;

/// Idle databases that new ones are copied from: each holds what one set of migrations made, and is named by their digest,
/// so another set never meets it. A copy has its name when it is whole; one that was cut short has another, and goes.
///
/// @param layout where the server listens
/// @param admin a session of the superuser in another database
record Templates(Layout layout, SqlClient admin) {
    private static final String PREFIX = "fairlead_template_";
    private static final int LEAST_KEPT = 5;

    /// Makes a database from its template, with everything in it owned by the role of its own name.
    ///
    /// @return false when there is no template
    boolean copy(String key, String database) throws IOException {
        var template = PREFIX + key;
        if (!has("pg_database WHERE datistemplate AND datname = " + text(template))) {
            return false;
        }
        var fresh = fresh(database);
        make(fresh, template);
        // The template's own role owns nothing outside of it, so this touches nothing else.
        within(fresh, "REASSIGN OWNED BY %s TO %s".formatted(quoted(template), quoted(database)));
        admin.query("ALTER DATABASE %s OWNER TO %s".formatted(quoted(fresh), quoted(database)));
        admin.query("ALTER DATABASE %s RENAME TO %s".formatted(quoted(fresh), quoted(database)));
        return true;
    }

    /// Keeps a copy of a database that holds what its migrations made and nothing else.
    ///
    /// @return false when a copy could not be the same: something in it belongs to the database or its role by name
    boolean keep(String key, String database) throws IOException {
        var template = PREFIX + key;
        if (has("pg_database WHERE datistemplate AND datname = " + text(template))) {
            return true;
        }
        if (!isCopied(database)) {
            return false;
        }
        var fresh = fresh(template);
        make(fresh, database);
        if (!has("pg_roles WHERE rolname = " + text(template))) {
            admin.query("CREATE ROLE " + quoted(template) + " NOLOGIN");
        }
        // Databases are reassigned too, whichever one this is said in: back with them, in the same
        // transaction.
        within(
                fresh,
                "REASSIGN OWNED BY %s TO %s; ALTER DATABASE %s OWNER TO %s; ALTER DATABASE %s OWNER TO postgres"
                        .formatted(
                                quoted(database),
                                quoted(template),
                                quoted(database),
                                quoted(database),
                                quoted(fresh)));
        if (isTied(fresh, database)) {
            drop(fresh);
            return false;
        }
        drop(template);
        admin.query("ALTER DATABASE %s RENAME TO %s".formatted(quoted(fresh), quoted(template)));
        admin.query(
                "ALTER DATABASE %s WITH IS_TEMPLATE true ALLOW_CONNECTIONS false"
                        .formatted(quoted(template)));
        prune();
        return true;
    }

    /// What is said of a database as a whole stays behind when it is copied.
    private boolean isCopied(String database) throws IOException {
        var its = "(SELECT oid FROM pg_database WHERE datname = " + text(database) + ")";
        return !has("pg_db_role_setting WHERE setdatabase = " + its)
                && !has("pg_shdescription WHERE objoid = " + its)
                && !has("pg_database WHERE datacl IS NOT NULL AND oid = " + its);
    }

    /// Whether something in the copy still names the role that made it: default privileges, policies, grants of others.
    private boolean isTied(String fresh, String role) throws IOException {
        return has(
                "pg_shdepend WHERE dbid = (SELECT oid FROM pg_database WHERE datname = %s) AND refclassid = 'pg_authid'::regclass AND refobjid = %s::regrole"
                        .formatted(text(fresh), text(quoted(role))));
    }

    private void make(String fresh, String template) throws IOException {
        drop(fresh);
        admin.query("CREATE DATABASE %s TEMPLATE %s".formatted(quoted(fresh), quoted(template)));
    }

    private void drop(String database) throws IOException {
        if (has("pg_database WHERE datistemplate AND datname = " + text(database))) {
            admin.query("ALTER DATABASE " + quoted(database) + " WITH IS_TEMPLATE false");
        }
        admin.query("DROP DATABASE IF EXISTS " + quoted(database) + " WITH (FORCE)");
    }

    /// The oldest go: migrations change, and what they were is asked for no more. One for each database stays.
    private void prune() throws IOException {
        int databases =
                admin.query(
                                "SELECT 1 FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres'")
                        .size();
        var all =
                admin.query(
                        "SELECT datname FROM pg_database WHERE datname LIKE '"
                                + PREFIX.replace("_", "\\_")
                                + "%' ORDER BY oid DESC");
        for (var old :
                all.stream().skip(Math.max(LEAST_KEPT, databases)).map(List::getFirst).toList()) {
            drop(old);
            admin.query("DROP ROLE IF EXISTS " + quoted(old));
        }
    }

    private void within(String database, String sql) throws IOException {
        try (var client = SqlClient.connect(layout.socket(layout.port()), "postgres", database)) {
            client.query("SET log_min_error_statement = panic");
            client.query(sql);
        }
    }

    private boolean has(String what) throws IOException {
        return !admin.query("SELECT 1 FROM " + what).isEmpty();
    }

    private static String fresh(String of) {
        return "fairlead_new_" + Digest.ofText(of).substring(0, 16);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
