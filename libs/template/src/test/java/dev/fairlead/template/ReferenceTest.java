package dev.fairlead.template;

import dev.fairlead.testkit.GeneratedPage;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// docs/reference/template.md is made from the function table; `-Dregenerate=true` writes it.
class ReferenceTest {
    @Test
    void theReferencePageIsWhatTheFunctionTableSays() throws IOException {
        GeneratedPage.hold("docs/reference/template.md", page(Templates.FUNCTIONS));
    }

    private static String page(FunctionTable functions) {
        var page = new StringBuilder();
        page.append("# Template functions\n\n");
        page.append("<!-- generated from the function table; do not edit -->\n\n");
        page.append(
                "Templates are Go's text/template, with its predeclared functions: `and call eq ge gt html index js le"
                        + " len lt ne not or print printf println slice urlquery`. The `fairlead` profile adds the"
                        + " functions below; names and orders of arguments are Sprig's and Helm's. Each example is"
                        + " run as a test.\n\n");
        page.append("| function | what it does | example | gives |\n| --- | --- | --- | --- |\n");
        for (var name : functions.names()) {
            functions
                    .find(name)
                    .flatMap(TemplateFunction::doc)
                    .ifPresent(doc ->
                            page.append(
                                    "| `%s` | %s | `%s` | %s |\n"
                                            .formatted(
                                                    doc.signature(),
                                                    doc.does(),
                                                    doc.example().replace("|", "\\|"),
                                                    cell(doc.gives()))));
        }
        page.append(
                "\n`env` and `envOr` see only the variables that the stack declares; the examples assume");
        page.append(" `REGION=eu-1` and an unset `ZONE`.\n");
        return page.toString();
    }

    private static String cell(String text) {
        return "`" + text.replace("\n", "⏎").replace("|", "\\|") + "`";
    }
}
