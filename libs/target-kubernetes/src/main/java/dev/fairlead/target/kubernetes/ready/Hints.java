package dev.fairlead.target.kubernetes.ready;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What can be done about a refusal, by the words that the cluster has for it. The first that fits is the most exact.
record Hints(List<Hint> hints) {
    /// @param words found anywhere in the message, in any case of letters
    record Hint(Pattern words, String advice) {}

    static Hints of(Hint... hints) {
        return new Hints(List.of(hints));
    }

    static Hint when(String words, String advice) {
        return new Hint(Pattern.compile(words, Pattern.CASE_INSENSITIVE), advice);
    }

    Optional<String> find(String message) {
        return hints.stream()
                .filter(hint -> hint.words().matcher(message).find())
                .map(Hint::advice)
                .findFirst();
    }
}
