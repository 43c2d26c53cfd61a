package dev.fairlead.cli;

import dev.fairlead.cli.Globals.Output;
import dev.fairlead.cli.flag.Subcommands;
import dev.fairlead.diagnostic.Problem;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Layout;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// One command line, from its words to its exit code.
public final class CommandRun {
    private final Shell shell;
    private @Nullable Session current;

    public CommandRun(Shell shell) {
        this.shell = shell;
    }

    /// Runs a command and reports how it ended.
    ///
    /// @return the exit code
    public int run(String... typed) {
        var arguments = following(typed);
        var root = new Fairlead();
        var session = new Session(shell, root.globals);
        current = session;
        var line = assembled(root, session, arguments);
        line.setParameterExceptionHandler(
                (refused, _) -> failed(arguments, List.of(Failures.usage(refused))));
        line.setExecutionExceptionHandler((thrown, _, _) -> failed(arguments, thrown));
        line.setExecutionStrategy(parsed -> {
            checkForm(parsed, root.globals.output);
            return new CommandLine.RunLast().execute(parsed);
        });
        try {
            return line.execute(arguments);
        } catch (StackOverflowError | OutOfMemoryError | LinkageError e) {
            return failed(arguments, e);
        }
    }

    /// A form that a command does not have is no wish that could be passed over: who asked for it would read another one.
    private static void checkForm(ParseResult parsed, Output form) {
        var command = parsed.asCommandLineList().getLast();
        var forms = Drawn.forms(command.getCommand());
        if (!forms.contains(form)) {
            throw new ParameterException(command, Failures.form(command, form.name()).what());
        }
    }

    /// After `logs` and `events`, `-f` means follow, as it does everywhere; before them it names the stack's file.
    private static String[] following(String[] typed) {
        var arguments = typed.clone();
        boolean follows = false;
        for (int i = 0; i < own(arguments).length; i++) {
            follows |= arguments[i].equals("logs") || arguments[i].equals("events");
            if (follows && arguments[i].equals("-f")) {
                arguments[i] = "--follow";
            }
        }
        return arguments;
    }

    /// The words that are ours: what stands after `--` belongs to somebody else.
    private static String[] own(String[] arguments) {
        int end = List.of(arguments).indexOf("--");
        return end < 0 ? arguments : Arrays.copyOf(arguments, end);
    }

    /// Whether the last command line used the engine, which may leave threads behind.
    boolean usedEngine() {
        return current != null && current.usedEngine();
    }

    /// The command with everything it knows.
    static CommandLine assembled(Shell shell, String... arguments) {
        var root = new Fairlead();
        return new CommandRun(shell).assembled(root, new Session(shell, root.globals), arguments);
    }

    private CommandLine assembled(Fairlead root, Session session, String... arguments) {
        var line = new CommandLine(root);
        // Reading the annotations of every command takes longer than most commands: only those that
        // are named are read.
        var words = List.of(arguments);
        for (var name : Subcommands.named(Commands.names(), words)) {
            line.addSubcommand(name, Commands.create(name, session, words));
        }
        line.getCommandSpec().versionProvider(() -> new String[] {Version.line()});
        line.setDefaultValueProvider(this::fromEnvironment);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        line.setAbbreviatedOptionsAllowed(false);
        // `dev-run --build=-o`: a word of somebody else's command may look like an option of ours.
        Optional.ofNullable(line.getSubcommands().get("dev-run"))
                .ifPresent(devRun -> devRun.setAllowOptionsAsOptionParameters(true));
        line.setColorScheme(Help.defaultColorScheme(Ansi.OFF));
        line.setOut(writer(shell.console().out()));
        line.setErr(writer(shell.console().err()));
        line.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, CommandRun::ownOptions);
        for (var command : line.getSubcommands().values()) {
            shape(command);
        }
        return line;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static void shape(CommandLine command) {
        var usage = command.getCommandSpec().usageMessage();
        usage.synopsisHeading("Usage: ");
        usage.optionListHeading("%nFlags:%n");
        usage.parameterListHeading("%nArguments:%n");
        usage.commandListHeading("%nCommands:%n");
        usage.footerHeading("%nExample:%n");
        usage.abbreviateSynopsis(true);
        command.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, CommandRun::ownOptions);
        command.getSubcommands().values().forEach(CommandRun::shape);
    }

    /// The flags of a command without those that every command has; the root shows the latter.
    private static String ownOptions(Help help) {
        var own =
                help.commandSpec().options().stream()
                        .filter(option -> !option.inherited() && !option.hidden())
                        .toList();
        var scheme = help.colorScheme();
        Layout layout = help.createDefaultLayout(own, List.of(), scheme);
        layout.addAllOptions(own, help.parameterLabelRenderer());
        var text = layout.toString();
        var common =
                help.commandSpec().parent() == null
                        ? ""
                        : "%nThe flags of every command: fairlead --help%n".formatted();
        return text + common;
    }

    /// `FAIRLEAD_ENV` for `--env`, and so on, for the global flags alone: a unit's process inherits other variables of
    /// that form from whoever started it.
    private @Nullable String fromEnvironment(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)
                || option.scopeType() != CommandLine.ScopeType.INHERIT
                || option.usageHelp()) {
            return null;
        }
        var variable = variable(option);
        var value = shell.environment().get(variable);
        return value == null || value.isEmpty() ? null : value;
    }

    static String variable(OptionSpec option) {
        return "FAIRLEAD_"
                + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private int failed(String[] arguments, Throwable thrown) {
        return Failures.problems(thrown)
                .map(problems -> failed(arguments, problems))
                .orElseGet(() -> defect(arguments, thrown));
    }

    private int failed(String[] arguments, List<Problem> problems) {
        var console = shell.console();
        if (List.of(own(arguments)).contains("--no-color")) {
            console = console.withoutColours();
        }
        if (wantsJson(own(arguments), shell.environment())) {
            Report.json(console, problems);
        } else {
            Report.text(console, problems);
        }
        return ExitCode.of(problems);
    }

    private int defect(String[] arguments, Throwable thrown) {
        var file = new DefectReport(shell, Commands.names()).write(thrown, arguments);
        var where =
                file.map(path -> "what is needed to find it is in " + path)
                        .orElse("the report could not be written to disk");
        var problem =
                Problem.error(
                                CliCode.DEFECT,
                                "this is a defect of Fairlead, not of your stack; " + where)
                        .withHint(
                                "please report it with that file: it holds no values of your stack");
        return failed(arguments, List.of(problem));
    }

    /// Asked of the words themselves, because a command line may be refused before its flags are known.
    private static boolean wantsJson(String[] arguments, Map<String, String> environment) {
        var line = Arrays.stream(arguments).collect(Collectors.joining(" ", " ", " "));
        boolean said = line.matches(".* (-o|--output)[ =]?\\S+ .*");
        return said
                ? line.matches(".* (-o|--output)[ =]?json .*")
                : "json".equals(environment.get("FAIRLEAD_OUTPUT"));
    }
}
