package dev.fairlead.cli.tool;

import dev.fairlead.cli.ExitCode;
import dev.fairlead.cli.Session;
import dev.fairlead.cli.flag.OutFiles;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import dev.fairlead.diagnostic.Problems;
import dev.fairlead.document.tree.Node;
import dev.fairlead.document.tree.YamlReader;
import dev.fairlead.inventory.InventoryCode;
import dev.fairlead.inventory.evaluate.DocumentFunctions;
import dev.fairlead.template.EnvironmentVariables;
import dev.fairlead.template.FairleadFunctions;
import dev.fairlead.template.FunctionTable;
import dev.fairlead.template.MissingKey;
import dev.fairlead.template.TemplateSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fairlead template render`.
@Command(
        name = "render",
        description = {
            "Renders a template, or every *.tpl of a folder, with the values of a YAML file as dot.",
            "No variable of the environment is visible to a template."
        },
        footer =
                "  fairlead template render deploy/base --values values.yaml --partials 'deploy/partials/*.tpl'")
public final class TemplateRenderCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "FILE|DIR", description = "The template, or the folder of templates.")
    Path template = Path.of("");

    @Option(
            names = "--values",
            paramLabel = "FILE",
            description = "A YAML file: what dot is at first.")
    @Nullable Path values;

    @Option(
            names = "--partials",
            paramLabel = "GLOB",
            description = "Files whose definitions every template may use. May be repeated.")
    List<String> partials = List.of();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "fairlead",
            description = "The table of functions: fairlead.")
    String profile = "fairlead";

    @Option(
            names = "--missing-key",
            paramLabel = "strict|error|default|zero",
            defaultValue = "strict",
            description = "What reading an absent key does: strict, or one of Go's own modes.")
    MissingKey missingKey = MissingKey.STRICT;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write files into this folder, named as the templates without .tpl.")
    @Nullable Path out;

    public TemplateRenderCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (!profile.equals("fairlead")) {
            throw Problem.error(
                            InventoryCode.NOT_YET, "the profile " + profile + " is not built yet")
                    .withHint("use the profile fairlead")
                    .thrown();
        }
        var texts = rendered(TemplateFiles.in(session.folder()));
        if (out != null) {
            var folder = out;
            var written = new OutFiles(session, "--out");
            texts.forEach((name, text) -> written.write(folder.resolve(name), text));
            session.say(texts.size() + " files in " + out);
        }
        if (session.json()) {
            session.printJson(
                    Map.of(
                            "files",
                            texts.entrySet().stream().map(TemplateRenderCommand::tree).toList()));
        } else if (out == null) {
            print(texts);
        }
        return ExitCode.DONE;
    }

    /// The output of each template by its name without `.tpl`; all problems of all of them are reported at once.
    private Map<String, String> rendered(TemplateFiles files) throws IOException {
        var builder =
                TemplateSet.builder()
                        .functions(
                                FunctionTable.builtins()
                                        .with(FairleadFunctions.table(EnvironmentVariables.none()))
                                        .with(DocumentFunctions.table()))
                        .missingKey(missingKey);
        for (var partial : files.matching(partials)) {
            builder.partial(partial);
        }
        var problems = new Problems();
        var set = builder.build(problems);
        var data = data(files, problems);
        boolean whole = !problems.hasErrors();
        var texts = new TreeMap<String, String>();
        for (var template : files.templates(template).entrySet()) {
            try {
                var parsed = set.parse(template.getValue());
                if (whole) {
                    texts.put(
                            template.getKey().replaceFirst("\\.tpl$", ""),
                            parsed.render(data).text().toString());
                }
            } catch (ProblemException e) {
                problems.addAll(e.problems());
            }
        }
        problems.throwIfErrors();
        return texts;
    }

    private Object data(TemplateFiles files, Problems problems) throws IOException {
        return values == null
                ? new TreeMap<String, Object>()
                : YamlReader.read(files.source(values), problems)
                        .map(TemplateRenderCommand::plain)
                        .orElseGet(TreeMap::new);
    }

    private static Object plain(Node node) {
        var plain = node.plain();
        return plain == null ? new TreeMap<String, Object>() : plain;
    }

    private void print(Map<String, String> texts) {
        var out = session.console().out();
        if (texts.size() == 1) {
            out.print(texts.values().iterator().next());
            return;
        }
        texts.forEach((name, text) ->
                out.print("# " + name + "\n" + text + (text.endsWith("\n") ? "" : "\n") + "---\n"));
    }

    private static Map<String, Object> tree(Map.Entry<String, String> text) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("path", text.getKey());
        tree.put("text", text.getValue());
        return tree;
    }
}
