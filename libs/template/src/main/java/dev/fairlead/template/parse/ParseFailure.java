package dev.fairlead.template.parse;

import dev.fairlead.template.TemplateCode;
import java.util.Optional;

/// What is wrong with an action. Made often in bad files, so without a stack trace.
final class ParseFailure extends Exception {
    private final transient Token token;
    private final transient TemplateCode code;
    private final transient Optional<String> hint;
    private final String words;

    private ParseFailure(Token token, String words, TemplateCode code, Optional<String> hint) {
        super(words, null, false, false);
        this.token = token;
        this.words = words;
        this.code = code;
        this.hint = hint;
    }

    ParseFailure(Token token, String words) {
        this(token, words, TemplateCode.TEMPLATE_SYNTAX, Optional.empty());
    }

    ParseFailure as(TemplateCode other) {
        return new ParseFailure(token, words, other, hint);
    }

    ParseFailure withHint(Optional<String> advice) {
        return new ParseFailure(token, words, code, advice);
    }

    Token token() {
        return token;
    }

    TemplateCode code() {
        return code;
    }

    Optional<String> hint() {
        return hint;
    }

    String words() {
        return words;
    }
}
