package dev.fairlead.migrate.lint;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// The type of a column, under one name where PostgreSQL has several.
///
/// @param base `varchar`, `timestamptz`, `double precision`
/// @param arguments of `varchar(20)`, `numeric(10,2)`
record ColumnType(String base, List<Integer> arguments, boolean array) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?<base>[^(\\[]+?) ?(\\((?<arguments>[-0-9, ]*)\\))? ?(?<zone>with time zone|without time zone)?"
                            + "(?<array>( ?\\[[0-9]*\\])+| array)?");
    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("character varying", "varchar"),
                    Map.entry("char varying", "varchar"),
                    Map.entry("character", "char"),
                    Map.entry("bpchar", "char"),
                    Map.entry("int", "integer"),
                    Map.entry("int4", "integer"),
                    Map.entry("int8", "bigint"),
                    Map.entry("int2", "smallint"),
                    Map.entry("decimal", "numeric"),
                    Map.entry("bool", "boolean"),
                    Map.entry("float8", "double precision"),
                    Map.entry("float4", "real"),
                    Map.entry("bit varying", "varbit"),
                    Map.entry("serial4", "serial"),
                    Map.entry("serial8", "bigserial"),
                    Map.entry("serial2", "smallserial"));

    ColumnType {
        arguments = List.copyOf(arguments);
    }

    static ColumnType of(String written) {
        var text =
                written.strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\s+", " ")
                        .replaceAll("^(pg_catalog|public)\\s?\\.\\s?", "");
        var match = FORM.matcher(text);
        if (!match.matches()) {
            return new ColumnType(text, List.of(), false);
        }
        var base = match.group("base");
        base = NAMES.getOrDefault(base, base);
        if ("with time zone".equals(match.group("zone"))) {
            base = base + "tz";
        }
        var arguments = match.group("arguments");
        return new ColumnType(
                base,
                arguments == null || arguments.isBlank()
                        ? List.of()
                        : Arrays.stream(arguments.split(","))
                                .map(number -> Integer.valueOf(number.strip()))
                                .toList(),
                match.group("array") != null);
    }

    boolean isSerial() {
        return base.endsWith("serial");
    }

    /// Whether a change from this type to another leaves every row and its indexes as they are, and refuses none
    /// (PostgreSQL: `ATColumnChangeRequiresRewrite`, the types' own length coercions).
    boolean widensTo(ColumnType to) {
        if (array || to.array) {
            return equals(to);
        }
        if (equals(to)) {
            return true;
        }
        return switch (base) {
            case "varchar" -> to.base.equals("text") || (to.base.equals(base) && longer(to));
            case "text" -> to.base.equals("varchar") && to.arguments.isEmpty();
            case "varbit", "timestamp", "timestamptz", "time", "timetz", "interval" ->
                    to.base.equals(base) && longer(to);
            case "numeric" -> to.base.equals(base) && morePrecise(to);
            case "cidr" -> to.base.equals("inet");
            default -> false;
        };
    }

    private boolean longer(ColumnType to) {
        return to.arguments.isEmpty()
                || (!arguments.isEmpty() && to.arguments.getFirst() >= arguments.getFirst());
    }

    private boolean morePrecise(ColumnType to) {
        if (to.arguments.isEmpty()) {
            return true;
        }
        return !arguments.isEmpty() && scale() == to.scale() && longer(to);
    }

    private int scale() {
        return arguments.size() > 1 ? arguments.get(1) : 0;
    }

    /// `varchar(20)`.
    @Override
    public String toString() {
        return base
                + (arguments.isEmpty()
                        ? ""
                        : arguments.toString().replace('[', '(').replace(']', ')').replace(" ", ""))
                + (array ? "[]" : "");
    }
}
