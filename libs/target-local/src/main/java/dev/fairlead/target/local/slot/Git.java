package dev.fairlead.target.local.slot;

import dev.fairlead.deploy.slot.SlotCode;
import dev.fairlead.diagnostic.Problem;
import dev.fairlead.diagnostic.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Runs git in a folder.
final class Git {
    private static final int MINUTES = 10; // a checkout of a large repository from a slow disk

    private final Map<String, String> variables;

    /// @param variables the environment of this process. What says where the repository is does not count: a hook that
    ///     calls fairlead has GIT_DIR set.
    Git(Map<String, String> variables) {
        var own = new TreeMap<>(variables);
        own.keySet().removeIf(name -> name.startsWith("GIT_"));
        own.put("GIT_OPTIONAL_LOCKS", "0"); // looking must not get in the way of who works there
        own.put("GIT_TERMINAL_PROMPT", "0");
        own.put("LC_ALL", "C");
        this.variables = own;
    }

    /// What git said.
    record Said(int exit, String out, String err) {
        boolean success() {
            return exit == 0;
        }
    }

    /// @throws ProblemException when there is no git, or it does not end
    Said ask(Path folder, String... arguments) {
        var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(variables);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            var errors = new Reading(process.getErrorStream());
            var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw failed("git did not end within " + MINUTES + " minutes");
            }
            return new Said(process.exitValue(), out, errors.text());
        } catch (IOException e) {
            throw failed("git cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted while git was at work");
        }
    }

    /// @throws ProblemException also when git refuses
    String require(Path folder, String... arguments) {
        var said = ask(folder, arguments);
        if (!said.success()) {
            throw failed(
                    "git "
                            + arguments[0]
                            + (arguments.length > 1 ? " " + arguments[1] : "")
                            + ": "
                            + said.err().strip());
        }
        return said.out();
    }

    /// The answer in one line; empty when git has none.
    Optional<String> find(Path folder, String... arguments) {
        var said = ask(folder, arguments);
        return said.success() ? Optional.of(said.out().strip()) : Optional.empty();
    }

    static ProblemException failed(String what) {
        return Problem.error(SlotCode.GIT_FAILED, what)
                .withHint(SlotCode.GIT_FAILED.remedy())
                .thrown();
    }

    /// Reads one of two outputs, so that neither fills up while the other is read.
    private static final class Reading {
        private final java.util.concurrent.FutureTask<String> task;

        Reading(java.io.InputStream in) {
            task =
                    new java.util.concurrent.FutureTask<>(
                            () -> new String(in.readAllBytes(), StandardCharsets.UTF_8));
            Thread.startVirtualThread(task);
        }

        String text() throws InterruptedException {
            try {
                return task.get();
            } catch (java.util.concurrent.ExecutionException e) {
                return String.valueOf(e.getCause());
            }
        }
    }
}
