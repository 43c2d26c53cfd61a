package dev.fairlead.migrate.lint;

import dev.fairlead.diagnostic.Place;
import dev.fairlead.diagnostic.Source;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A comment that ignores rules: `fairlead:ignore RULE, RULE: REASON`, `fairlead:ignore-file …`, and Squawk's
/// `squawk-ignore RULE, RULE` and `squawk-ignore-file`.
///
/// @param rules empty: all of them, which only Squawk's form may say
/// @param file whether it holds for the whole file
/// @param ours whether it is Fairlead's own form, which needs a reason
record Directive(
        Place place, Set<String> rules, boolean file, boolean ours, Optional<String> reason) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(?:--|#|/\\*)[ \\t]*(?<form>fairlead:ignore|squawk-ignore)(?<file>-file)?(?=[\\s:*]|$)"
                            + "(?<rest>[^\\r\\n]*)");
    private static final Pattern REST =
            Pattern.compile(
                    "\\s*(?<rules>[A-Za-z][\\w-]*(?:\\s*,\\s*[A-Za-z][\\w-]*)*)?\\s*(?::(?<reason>.*))?");

    Directive {
        rules = Set.copyOf(rules);
    }

    /// All directives of a part of a text.
    static Stream<Directive> in(Source source, int start, int end) {
        if (start >= end) {
            return Stream.empty();
        }
        return FORM.matcher(source.text())
                .region(start, end)
                .results()
                .map(found ->
                        of(
                                source.at(found.start()),
                                FORM.matcher(source.text()).region(found.start(), end)));
    }

    private static Directive of(Place place, Matcher found) {
        if (!found.lookingAt()) {
            throw new IllegalStateException("found before, not found again");
        }
        boolean ours = found.group("form").equals("fairlead:ignore");
        var rest = REST.matcher(found.group("rest").replace("*/", ""));
        Set<String> rules = Set.of();
        Optional<String> reason = Optional.empty();
        if (rest.lookingAt()) {
            rules = listed(rest.group("rules"));
            reason =
                    Optional.ofNullable(rest.group("reason"))
                            .map(String::strip)
                            .filter(text -> !text.isEmpty());
        }
        return new Directive(place, rules, found.group("file") != null, ours, reason);
    }

    private static Set<String> listed(@Nullable String list) {
        return list == null
                ? Set.of()
                : List.of(list.split(",")).stream()
                        .map(String::strip)
                        .map(name -> Rules.FORMER.getOrDefault(name, name))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /// Whether it ignores anything at all.
    boolean valid() {
        return !ours || (reason.isPresent() && !rules.isEmpty());
    }

    boolean names(String rule) {
        return rules.isEmpty() || rules.contains(rule);
    }
}
