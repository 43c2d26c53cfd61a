package dev.fairlead.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The flags that stand before or after any command. picocli fills the fields while it reads the command line.
@Command
public final class Globals {
    /// The forms of a result.
    public enum Output {
        text,
        json,
        mermaid,
        dot
    }

    @Option(
            names = {"-C", "--directory"},
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Work as if the command were typed in this folder.")
    @Nullable Path directory;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The stack's file; services.yaml when not given.")
    @Nullable Path file;

    @Option(
            names = {"-e", "--env"},
            paramLabel = "ENV",
            scope = ScopeType.INHERIT,
            description = "The environment; when not given, the only one with a target, else dev.")
    @Nullable String env;

    @Option(
            names = "--slot",
            paramLabel = "N",
            scope = ScopeType.INHERIT,
            description = "A numbered copy of the environment, from 1, with its own state.")
    @Nullable Integer slot;

    @Option(
            names = "--target",
            paramLabel = "local|kubernetes",
            scope = ScopeType.INHERIT,
            description = "Where units run, instead of the environment's own target.")
    @Nullable String target;

    @Option(
            names = "--context",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "The kubeconfig context, instead of the environment's own.")
    @Nullable String context;

    @Option(
            names = "--set",
            paramLabel = "K=V",
            scope = ScopeType.INHERIT,
            description = "Replace the stack's variable K (dots go into maps). May be repeated.")
    Map<String, String> sets = new LinkedHashMap<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            scope = ScopeType.INHERIT,
            description = "The form of the result; explain and graph also know mermaid, graph dot.")
    Output output = Output.text;

    @Option(
            names = "--only",
            paramLabel = "UNIT",
            split = ",",
            scope = ScopeType.INHERIT,
            description = {
                "Only these units, separated by commas. What is planned takes along all that they wait for,",
                "down all that waits for them; what only shows shows exactly these."
            })
    List<String> only = List.of();

    @Option(
            names = "--skip",
            paramLabel = "UNIT",
            split = ",",
            scope = ScopeType.INHERIT,
            description = {
                "Leave these units as they are, separated by commas. down also leaves what they wait for."
            })
    List<String> skip = List.of();

    @Option(
            names = "--no-color",
            scope = ScopeType.INHERIT,
            description = "No colours; NO_COLOR in the environment says the same.")
    boolean noColor;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "One line for what failed, nothing else, in place of the live table.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "One line for every event in place of the live table.")
    boolean verbose;

    @Option(
            names = "--yes",
            scope = ScopeType.INHERIT,
            description = "Answer every question with yes.")
    boolean yes;

    /// Whether every event is told.
    public boolean verbose() {
        return verbose;
    }

    /// The slot that was named, not one that follows from the folder.
    public Optional<Integer> slot() {
        return Optional.ofNullable(slot);
    }

    /// The form of the result.
    public Output output() {
        return output;
    }
}
