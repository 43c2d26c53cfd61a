package dev.fairlead.migrate.sql;

import dev.fairlead.migrate.sql.Token.Kind;
import java.util.List;
import java.util.Set;

/// Whether the default of a new column has another value for each row, so that every row is written. A function that is
/// not known to be stable is taken for volatile, as PostgreSQL takes one whose definition does not say.
final class Defaults {
    private static final Set<String> STABLE =
            Set.of(
                    // words before a parenthesis that call nothing
                    "and",
                    "or",
                    "not",
                    "in",
                    "any",
                    "all",
                    "some",
                    "case",
                    "when",
                    "then",
                    "else",
                    "between",
                    "from",
                    "like",
                    "is",
                    "as",
                    "array",
                    "row",
                    "cast",
                    // types with a length
                    "numeric",
                    "decimal",
                    "dec",
                    "varchar",
                    "char",
                    "character",
                    "varying",
                    "bpchar",
                    "bit",
                    "time",
                    "timestamp",
                    "timestamptz",
                    "interval",
                    "float",
                    "second",
                    // moments
                    "now",
                    "transaction_timestamp",
                    "statement_timestamp",
                    "current_timestamp",
                    "current_time",
                    "localtimestamp",
                    "localtime",
                    "date_trunc",
                    "date_part",
                    "date_bin",
                    "extract",
                    "age",
                    "to_char",
                    "to_timestamp",
                    "to_date",
                    "timezone",
                    "make_date",
                    "make_time",
                    "make_interval",
                    "make_timestamp",
                    "make_timestamptz",
                    // numbers
                    "abs",
                    "round",
                    "ceil",
                    "ceiling",
                    "floor",
                    "mod",
                    "power",
                    "trunc",
                    "sqrt",
                    "coalesce",
                    "nullif",
                    "greatest",
                    "least",
                    // texts
                    "lower",
                    "upper",
                    "initcap",
                    "trim",
                    "btrim",
                    "ltrim",
                    "rtrim",
                    "md5",
                    "sha256",
                    "encode",
                    "decode",
                    "convert_to",
                    "concat",
                    "concat_ws",
                    "format",
                    "length",
                    "char_length",
                    "octet_length",
                    "substring",
                    "substr",
                    "replace",
                    "left",
                    "right",
                    "lpad",
                    "rpad",
                    "repeat",
                    "reverse",
                    "position",
                    "strpos",
                    "split_part",
                    "to_number",
                    "to_hex",
                    "chr",
                    "ascii",
                    "quote_ident",
                    "quote_literal",
                    "overlay",
                    "string_to_array",
                    "array_to_string",
                    // documents, arrays, ranges, text search
                    "jsonb_build_object",
                    "jsonb_build_array",
                    "json_build_object",
                    "json_build_array",
                    "to_json",
                    "to_jsonb",
                    "jsonb_object",
                    "json_object",
                    "array_fill",
                    "array_append",
                    "array_prepend",
                    "array_cat",
                    "array_remove",
                    "cardinality",
                    "int4range",
                    "int8range",
                    "numrange",
                    "daterange",
                    "tsrange",
                    "tstzrange",
                    "to_tsvector",
                    "to_tsquery",
                    "point",
                    "box",
                    "circle",
                    // the session
                    "current_setting",
                    "current_schema",
                    "current_schemas",
                    "current_database",
                    "pg_backend_pid",
                    "txid_current",
                    "pg_current_xact_id",
                    "inet_client_addr");

    private Defaults() {}

    static boolean isVolatile(List<Token> value) {
        for (int i = 0; i + 1 < value.size(); i++) {
            var token = value.get(i);
            var next = value.get(i + 1);
            boolean called = next.kind() == Kind.SYMBOL && next.value().equals("(");
            boolean name = token.kind() == Kind.WORD || token.kind() == Kind.QUOTED_IDENTIFIER;
            if (called && name && !STABLE.contains(token.value())) {
                return true;
            }
        }
        return false;
    }
}
