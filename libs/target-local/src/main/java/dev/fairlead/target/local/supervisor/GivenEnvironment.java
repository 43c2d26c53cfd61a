package dev.fairlead.target.local.supervisor;

import dev.fairlead.deploy.render.Renderer;
import dev.fairlead.document.Digest;
import dev.fairlead.document.Json;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The environment that was applied to a unit, against one that a process really has. What was applied is kept masked:
/// what stands for a secret is compared by the fingerprint that was kept of it.
final class GivenEnvironment {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{secret:([^}]*)}");

    private final Map<String, Object> content;
    private final TreeMap<String, String> applied = new TreeMap<>();

    GivenEnvironment(Map<String, Object> content) {
        this.content = content;
        if (content.get("env") instanceof Map<?, ?> env) {
            env.forEach((name, value) -> applied.put(String.valueOf(name), String.valueOf(value)));
        }
    }

    /// The variables that differ, with the masked value that was applied.
    ///
    /// @param key the environment's key for fingerprints; without it only what is no secret is compared
    Map<String, String> differing(Map<String, String> live, byte[] key) {
        var differing = new TreeMap<String, String>();
        var parts = new HashMap<String, StringBuilder>();
        var holders = new HashMap<String, TreeMap<String, String>>();
        applied.forEach((name, masked) -> {
            var found = live.getOrDefault(name, "\0"); // no variable has that value
            var match = pattern(masked).matcher(found);
            if (!match.matches()) {
                differing.put(name, masked);
                return;
            }
            secrets(masked, match, parts);
            var names = PLACEHOLDER.matcher(masked);
            while (names.find()) {
                holders.computeIfAbsent(names.group(1), _ -> new TreeMap<>()).put(name, masked);
            }
        });
        if (differing.isEmpty()) {
            parts.forEach((secret, text) -> {
                if (!fits(secret, text.toString(), key)) {
                    differing.putAll(holders.getOrDefault(secret, new TreeMap<>()));
                }
            });
        }
        return differing;
    }

    /// The value of a variable as it may be shown.
    String shown(String name, String value) {
        var masked = applied.getOrDefault(name, "");
        return PLACEHOLDER.matcher(masked).find() ? "another value" : value;
    }

    /// Whether any of its variables may be recognized: a process that writes its title over its environment has none left.
    boolean recognizes(Map<String, String> live) {
        return live.containsKey(Mark.VARIABLE)
                || live.containsKey("PATH")
                || applied.keySet().stream().anyMatch(live::containsKey);
    }

    private static Pattern pattern(String masked) {
        var pieces = PLACEHOLDER.split(masked, -1);
        return Pattern.compile(
                String.join("(.+?)", Arrays.stream(pieces).map(Pattern::quote).toList()),
                Pattern.DOTALL);
    }

    private static void secrets(String masked, Matcher match, Map<String, StringBuilder> parts) {
        var names = PLACEHOLDER.matcher(masked);
        for (int i = 1; names.find(); i++) {
            parts.computeIfAbsent(names.group(1), _ -> new StringBuilder())
                    .append(match.group(i))
                    .append('\0');
        }
    }

    /// A fingerprint covers all parts of a secret in the unit, so it says nothing where some stand outside the environment.
    private boolean fits(String secret, String parts, byte[] key) {
        if (!(content.get("secrets") instanceof Map<?, ?> fingerprints)
                || key.length == 0
                || standsElsewhere(secret)) {
            return true;
        }
        var wanted = String.valueOf(fingerprints.get(secret));
        return wanted.equals(Renderer.NEW) || wanted.equals(Digest.ofSecret(key, parts));
    }

    private boolean standsElsewhere(String secret) {
        var rest = new HashMap<>(content);
        rest.remove("env");
        rest.remove("secrets");
        return Json.compact(rest).contains("${secret:" + secret + "}");
    }
}
