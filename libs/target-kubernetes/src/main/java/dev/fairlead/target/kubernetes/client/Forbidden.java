package dev.fairlead.target.kubernetes.client;

import java.util.Optional;
import java.util.regex.Pattern;

/// What the server's sentence about a missing right says.
///
/// @param resource `deployments.apps`, with its subresource: `pods/exec`
/// @param where `in the namespace "shop"`, or `at the cluster scope`
record Forbidden(String user, String verb, String resource, String where) {
    // deployments.apps "api" is forbidden: User "ada" cannot patch resource "deployments" in API
    // group "apps" in the
    // namespace "shop"
    private static final Pattern SENTENCE =
            Pattern.compile(
                    "User \"([^\"]*)\" cannot (\\w+) resource \"([^\"]*)\" in API group \"([^\"]*)\" (in the namespace \"[^\"]*\"|at the cluster scope)");

    static Optional<Forbidden> of(String message) {
        var found = SENTENCE.matcher(message);
        if (!found.find()) {
            return Optional.empty();
        }
        var parts = found.group(3).split("/", 2);
        var qualified = parts[0] + (found.group(4).isEmpty() ? "" : "." + found.group(4));
        return Optional.of(
                new Forbidden(
                        found.group(1),
                        found.group(2),
                        qualified + (parts.length == 2 ? "/" + parts[1] : ""),
                        found.group(5)));
    }

    String sentence() {
        return "%s may not %s %s %s".formatted(user, verb, resource, where);
    }

    String hint() {
        return "a role with the verb \"%s\" on \"%s\" %s is missing"
                .formatted(verb, resource, where);
    }
}
