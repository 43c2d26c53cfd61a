package dev.fairlead.template;

import dev.fairlead.diagnostic.Code;
import dev.fairlead.diagnostic.Kind;

/// Everything that can be wrong with a template.
public enum TemplateCode implements Code {
    TEMPLATE_SYNTAX(
            "A template's text is not what Go's text/template accepts.",
            "Correct the action at the place; the words after the place are Go's own."),
    TEMPLATE_UNKNOWN_FUNCTION(
            "A template calls a function that its function table does not have.",
            "Use a function of the reference, or correct the spelling."),
    TEMPLATE_MISSING(
            "A template calls another one that neither a partial nor the file itself defines.",
            "Define it in a partial that the stack names, or correct the spelling."),
    TEMPLATE_CONFLICT(
            "One template name is defined twice, or a definition has the name of a file.",
            "Rename one of the two; only the default of a block may be replaced by a definition."),
    TEMPLATE_EXECUTION(
            "A template could not be evaluated with the given data.",
            "Compare the expression at the place with the data; the words are Go's own."),
    TEMPLATE_ABSENT_VALUE(
            "A template uses a key that its data does not have.",
            "Correct the key, add it to the data, or give it a default: default \"x\" .Key."),
    TEMPLATE_LIMIT_DEPTH(
            "Templates call each other, or values and expressions nest, deeper than is allowed.",
            "Look for a template that calls itself without an end."),
    TEMPLATE_LIMIT_OUTPUT(
            "A template made more text than is allowed.",
            "Look for a loop that prints too much, or raise the limit."),
    TEMPLATE_LIMIT_STEPS(
            "A template took more steps than are allowed.",
            "Look for a loop over too much, or raise the limit."),
    TEMPLATE_LIMIT_TIME(
            "A template did not end before its deadline.",
            "Look for a loop over too much, or raise the limit.");

    private final String meaning;
    private final String remedy;

    TemplateCode(String meaning, String remedy) {
        this.meaning = meaning;
        this.remedy = remedy;
    }

    @Override
    public Kind kind() {
        return Kind.USER;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
