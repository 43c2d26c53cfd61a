package dev.fairlead.cli;

import dev.fairlead.cli.Globals.Output;
import dev.fairlead.deploy.DeployCode;
import dev.fairlead.diagnostic.Nearest;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns whatever ended a command into problems. Only what nobody foresaw stays an exception: a defect.
final class Failures {
    private Failures() {}

    /// The problems behind an exception; empty when it is a defect.
    static Optional<List<Problem>> problems(Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ProblemException known -> {
                    return Optional.of(known.problems());
                }
                case InterruptedException _ -> {
                    return Optional.of(
                            List.of(
                                    Problem.error(
                                            DeployCode.INTERRUPTED,
                                            "interrupted; the state is kept")));
                }
                case UncheckedIOException _ -> {}
                case IOException io -> {
                    return Optional.of(List.of(Problem.error(CliCode.IO_FAILED, sentence(io))));
                }
                default -> {}
            }
        }
        return Optional.empty();
    }

    private static String sentence(IOException e) {
        return switch (e) {
            case NoSuchFileException file -> file.getFile() + " is not there";
            case AccessDeniedException file -> "no permission for " + file.getFile();
            case NotDirectoryException file -> file.getFile() + " is not a folder";
            case FileAlreadyExistsException file -> file.getFile() + " exists already";
            case FileSystemException file ->
                    Optional.ofNullable(file.getReason())
                            .map(reason -> file.getFile() + ": " + reason)
                            .orElse("cannot use " + file.getFile());
            default -> Optional.ofNullable(e.getMessage()).orElse("reading or writing failed");
        };
    }

    /// A command line that picocli refuses, with the near command or flag.
    static Problem usage(ParameterException refused) {
        var command = refused.getCommandLine();
        var help = "see " + command.getCommandSpec().qualifiedName() + " --help";
        if (refused instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatched(command, unmatched.getUnmatched().getFirst(), help);
        }
        if (refused.getArgSpec() instanceof OptionSpec option
                && option.type() == Output.class
                && refused.getValue() != null) {
            return form(command, refused.getValue()).withHint(help);
        }
        var message = Optional.ofNullable(refused.getMessage()).orElse("wrong arguments");
        return Problem.error(CliCode.USAGE, beginningSmall(plain(message))).withHint(help);
    }

    /// A form of output that the command does not have, told with those that it has.
    static Problem form(CommandLine command, String wanted) {
        return Problem.error(
                CliCode.USAGE,
                "%s has no form %s: its forms are %s"
                        .formatted(
                                command.getCommandSpec().qualifiedName(),
                                wanted,
                                Drawn.words(Drawn.forms(command.getCommand()))));
    }

    private static Problem unmatched(CommandLine command, String argument, String help) {
        if (argument.startsWith("-")) {
            var flag = argument.replaceFirst("=.*", "");
            var flags = new ArrayList<>(command.getCommandSpec().optionsMap().keySet());
            return Problem.error(CliCode.USAGE, "unknown flag %s".formatted(flag))
                    .withHint(Nearest.hint(flag, flags).orElse(help));
        }
        if (command.getParent() != null && command.getSubcommands().isEmpty()) {
            var what =
                    "%s takes no argument \"%s\""
                            .formatted(command.getCommandSpec().qualifiedName(), argument);
            return Problem.error(CliCode.USAGE, what).withHint(help);
        }
        var commands =
                command.getParent() == null
                        ? Commands.names()
                        : List.copyOf(command.getSubcommands().keySet());
        return Problem.error(CliCode.USAGE, "unknown command \"%s\"".formatted(argument))
                .withHint(Nearest.hint(argument, commands).orElse(help));
    }

    /// The parser's sentences, where its own words are slips of the pen or a programmer's.
    private static String plain(String message) {
        return message.replace("option option", "option")
                .replace("is not an int", "is not a whole number")
                .replace("Missing required subcommand", "no command is given");
    }

    private static String beginningSmall(String message) {
        return message.isEmpty() || message.startsWith("FAIRLEAD")
                ? message
                : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }
}
