package dev.fairlead.tests.system.world;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What `fairlead status -o json` says.
public record Status(String state, Map<String, UnitStatus> units) {
    /// One unit of it.
    public record UnitStatus(
            String name, String stage, String state, Map<String, Integer> ports, String url) {
        public int port(String port) {
            return Objects.requireNonNull(ports.get(port), () -> "no port " + port + " in " + this);
        }
    }

    public static Status of(Fairlead fairlead, String... flags) {
        var arguments = new String[flags.length + 3];
        arguments[0] = "status";
        arguments[1] = "-o";
        arguments[2] = "json";
        System.arraycopy(flags, 0, arguments, 3, flags.length);
        return of(fairlead.done(arguments).json());
    }

    /// The address of a unit's first port, without a slash at the end.
    public String url(String unit) {
        var url = unit(unit).url();
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    public UnitStatus unit(String name) {
        return Objects.requireNonNull(units.get(name), () -> "no unit " + name + " in " + this);
    }

    public boolean allReady() {
        return units.values().stream().allMatch(unit -> unit.state().equals("ready"));
    }

    private static Status of(Map<String, Object> json) {
        var units = new LinkedHashMap<String, UnitStatus>();
        for (var unit : objects(json.get("units"))) {
            var ports = new LinkedHashMap<String, Integer>();
            object(unit.getOrDefault("ports", Map.of()))
                    .forEach((name, number) -> ports.put(name, ((Number) number).intValue()));
            var name = text(unit, "name");
            units.put(
                    name,
                    new UnitStatus(
                            name,
                            text(unit, "stage"),
                            text(unit, "state"),
                            ports,
                            text(unit, "url")));
        }
        return new Status(text(json, "state"), units);
    }

    private static String text(Map<String, Object> object, String key) {
        return String.valueOf(object.getOrDefault(key, ""));
    }

    @SuppressWarnings("unchecked") // JSON objects have string keys
    public static Map<String, Object> object(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value, "no JSON object here");
    }

    @SuppressWarnings("unchecked") // a list of JSON objects
    public static List<Map<String, Object>> objects(@Nullable Object value) {
        return (List<Map<String, Object>>) Objects.requireNonNull(value, "no JSON array here");
    }
}
