package dev.fairlead.document.typed;

import java.util.regex.Pattern;

/// What a text must look like.
///
/// @param says in the words of a message: `an RFC 1123 label (…)`
/// @param pattern matches the whole text; also valid as a JSON Schema pattern
public record Form(String says, Pattern pattern) {
    public static Form of(String says, String regex) {
        return new Form(says, Pattern.compile(regex));
    }

    public boolean fits(String text) {
        return pattern.matcher(text).matches();
    }
}
