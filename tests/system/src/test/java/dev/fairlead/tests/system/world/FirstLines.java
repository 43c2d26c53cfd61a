package dev.fairlead.tests.system.world;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What `explain` says first of each root cause.
///
/// @param byUnit the line by the unit that is to blame
public record FirstLines(Map<String, String> byUnit) {
    private static final Pattern LINE = Pattern.compile("([a-z0-9-]+)\\[[A-Z_]+] .*");

    /// Of everything that is not ready.
    public static FirstLines of(Fairlead fairlead) {
        var found = new TreeMap<String, String>();
        fairlead.done("explain")
                .out()
                .lines()
                .forEach(line -> {
                    var parts = LINE.matcher(line);
                    if (parts.matches()) {
                        found.put(parts.group(1), line);
                    }
                });
        return new FirstLines(found);
    }

    /// The line of a unit; empty when it is not to blame for anything.
    public String of(String unit) {
        return byUnit.getOrDefault(unit, "");
    }
}
