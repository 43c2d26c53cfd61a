package dev.fairlead.cli.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fairlead.cli.CommandTree;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `docs/reference/cli.md`: one section per command, made from what `--help` is made from.
class CommandsPageTest {
    private final CommandLine root = CommandTree.whole();

    @Test
    void everyCommandHasItsSection() throws IOException {
        Committed.check("cli.md", page());
    }

    @Test
    void everyFlagAndArgumentIsDescribed() {
        check(root);
    }

    private static void check(CommandLine command) {
        var spec = command.getCommandSpec();
        assertThat(spec.usageMessage().description()).as(spec.qualifiedName()).isNotEmpty();
        assertThat(spec.usageMessage().footer()).as(spec.qualifiedName()).isNotEmpty();
        for (var argument : spec.args()) {
            assertThat(argument.description())
                    .as("%s %s", spec.qualifiedName(), argument)
                    .isNotEmpty();
        }
        command.getSubcommands().values().forEach(CommandsPageTest::check);
    }

    private String page() {
        var page =
                new StringBuilder(
                        """
                        <!-- Generated from the commands themselves; not edited by hand. -->
                        # Commands

                        Results go to standard output, progress, questions and problems to standard error. The exit codes are in
                        [errors.md](errors.md), the shapes of `-o json` in [json.md](json.md).

                        ## Flags of every command

                        A flag comes before its environment variable, that before the default.

                        | flag | variable | |
                        | --- | --- | --- |
                        """);
        for (var option : root.getCommandSpec().options()) {
            page.append("| `").append(names(option)).append("` | ");
            boolean asks = option.usageHelp() || option.versionHelp();
            page.append(asks ? "" : "`" + CommandTree.variable(option) + "`");
            page.append(" | ").append(String.join(" ", option.description())).append(" |\n");
        }
        sections(page, root.getSubcommands());
        return page.toString();
    }

    private static void sections(StringBuilder page, Map<String, CommandLine> commands) {
        for (var command : commands.values()) {
            var spec = command.getCommandSpec();
            if (command.getSubcommands().isEmpty()) {
                section(page, spec);
            } else {
                sections(page, command.getSubcommands());
            }
        }
    }

    private static void section(StringBuilder page, CommandSpec spec) {
        page.append("\n## ").append(spec.qualifiedName()).append("\n\n");
        page.append(String.join(" ", spec.usageMessage().description())).append("\n\n");
        page.append("```\n");
        for (var line : spec.usageMessage().footer()) {
            page.append(line.strip()).append('\n');
        }
        page.append("```\n");
        List<OptionSpec> own =
                spec.options().stream()
                        .filter(option -> !option.inherited() && !option.hidden())
                        .toList();
        if (own.isEmpty() && spec.positionalParameters().isEmpty()) {
            return;
        }
        page.append("\n| argument or flag | |\n| --- | --- |\n");
        for (var argument : spec.positionalParameters()) {
            row(page, argument.paramLabel(), argument.description());
        }
        for (var option : own) {
            row(page, names(option), option.description());
        }
    }

    private static void row(StringBuilder page, String name, String[] description) {
        page.append("| `").append(name.replace("|", "\\|")).append("` | ");
        page.append(String.join(" ", description)).append(" |\n");
    }

    private static String names(OptionSpec option) {
        var names = String.join(", ", option.names());
        return (option.arity().max() == 0 ? names : names + " " + option.paramLabel())
                .replace("|", "\\|");
    }
}
