package dev.fairlead.tests.system;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What a database holds, schema and content, as lines.
final class SlotCatalogue {
    private static final String FOREIGN =
            " NOT IN ('pg_catalog', 'information_schema', 'pg_toast')";
    private static final List<String> QUERIES =
            List.of(
                    "SELECT 'class', n.nspname, c.relname, c.relkind, c.relowner::regrole, c.relacl FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname"
                            + FOREIGN,
                    "SELECT 'column', table_schema, table_name, column_name, data_type, udt_name, column_default, is_nullable FROM information_schema.columns WHERE table_schema"
                            + FOREIGN,
                    "SELECT 'constraint', conname, conrelid::regclass, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0",
                    "SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname"
                            + FOREIGN,
                    "SELECT 'view', viewname, definition, viewowner FROM pg_views WHERE schemaname"
                            + FOREIGN,
                    "SELECT 'function', p.proname, pg_get_function_identity_arguments(p.oid), p.proowner::regrole FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname"
                            + FOREIGN,
                    "SELECT 'type', t.typname, t.typtype, t.typowner::regrole FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE n.nspname"
                            + FOREIGN,
                    "SELECT 'label', enumtypid::regtype, enumlabel FROM pg_enum",
                    "SELECT 'schema', nspname, nspowner::regrole, nspacl FROM pg_namespace WHERE nspname NOT LIKE 'pg_%temp%'",
                    "SELECT 'database', datname, datdba::regrole, datcollate, encoding, datacl FROM pg_database WHERE datname = current_database()",
                    "SELECT 'sequence', sequencename, start_value, increment_by, last_value, sequenceowner FROM pg_sequences",
                    "SELECT 'extension', extname, extversion FROM pg_extension");

    private SlotCatalogue() {}

    static List<String> of(Database database) throws SQLException {
        var lines = new ArrayList<String>();
        try (var connection = database.connect()) {
            for (var query : QUERIES) {
                lines.addAll(rows(connection, query));
            }
            for (var table :
                    rows(
                            connection,
                            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")) {
                for (var row : rows(connection, "SELECT t::text FROM " + table + " t")) {
                    lines.add(table + " holds " + row);
                }
            }
        }
        return lines;
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        var found = new ArrayList<String>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                var cells = new ArrayList<String>();
                for (int i = 1; i <= columns; i++) {
                    cells.add(String.valueOf(rows.getString(i)));
                }
                found.add(String.join(" | ", cells));
            }
        }
        return found;
    }
}
