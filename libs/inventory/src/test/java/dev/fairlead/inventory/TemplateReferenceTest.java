package dev.fairlead.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.diagnostic.Source;
import dev.fairlead.inventory.evaluate.DocumentFunctions;
import dev.fairlead.template.EnvironmentVariables;
import dev.fairlead.template.FairleadFunctions;
import dev.fairlead.template.FunctionTable;
import dev.fairlead.template.TemplateFunction;
import dev.fairlead.template.TemplateSet;
import dev.fairlead.testkit.GeneratedPage;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// docs/reference/template.md is made from the whole table of functions, those for YAML and JSON included;
/// `-Dregenerate=true` writes it.
class TemplateReferenceTest {
    private static final FunctionTable FUNCTIONS =
            FunctionTable.builtins()
                    .with(
                            FairleadFunctions.table(
                                    EnvironmentVariables.plain(
                                            Set.of("REGION", "ZONE"), Map.of("REGION", "eu-1"))))
                    .with(DocumentFunctions.table());

    @TestFactory
    Stream<DynamicTest> everyExampleGivesWhatThePageSays() {
        var set = TemplateSet.builder().functions(FUNCTIONS).build();
        return FUNCTIONS.names().stream()
                .flatMap(name -> FUNCTIONS.find(name).orElseThrow().doc().stream())
                .map(doc ->
                        DynamicTest.dynamicTest(
                                doc.signature(),
                                () ->
                                        assertThat(
                                                        set.parse(
                                                                        new Source(
                                                                                "example",
                                                                                doc.example()))
                                                                .render(Map.of())
                                                                .text())
                                                .hasToString(doc.gives())));
    }

    @Test
    void thePageIsWhatTheFunctionTableSays() throws IOException {
        GeneratedPage.hold("docs/reference/template.md", page());
    }

    private static String page() {
        var page = new StringBuilder();
        page.append("# Template functions\n\n");
        page.append("<!-- generated from the function table; do not edit -->\n\n");
        page.append(
                "Templates are Go's text/template, with its predeclared functions: `and call eq ge gt html index js le"
                        + " len lt ne not or print printf println slice urlquery`. The `fairlead` profile adds the"
                        + " functions below; names and orders of arguments are Sprig's and Helm's. Each example is"
                        + " run as a test.\n\n");
        page.append("| function | what it does | example | gives |\n| --- | --- | --- | --- |\n");
        for (var name : FUNCTIONS.names()) {
            FUNCTIONS
                    .find(name)
                    .flatMap(TemplateFunction::doc)
                    .ifPresent(doc ->
                            page.append(
                                    "| `%s` | %s | %s | %s |\n"
                                            .formatted(
                                                    doc.signature(),
                                                    doc.does(),
                                                    cell(doc.example()),
                                                    cell(doc.gives()))));
        }
        page.append(
                "\n`env` and `envOr` see only the variables that the stack declares; the examples assume");
        page.append(" `REGION=eu-1` and an unset `ZONE`.\n");
        page.append(
                "\nWhat comes from a secret stays secret in every function, and shows as `${secret:NAME}`. A secret"
                        + " does not become a number (`int`, `index` of a text), as a number has no mark; numbers in a"
                        + " secret that `fromJson` or `fromYaml` reads are texts.\n");
        return page.toString();
    }

    private static String cell(String text) {
        var shown = text.replace("\n", "⏎").replace("|", "\\|");
        return shown.contains("`") ? "`` " + shown + " ``" : "`" + shown + "`";
    }
}
