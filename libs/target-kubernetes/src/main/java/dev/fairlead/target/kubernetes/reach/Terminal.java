package dev.fairlead.target.kubernetes.reach;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The terminal of this process while a command elsewhere has it: every key goes there as it is, Ctrl-C too.
final class Terminal {
    private static final File DEVICE = new File("/dev/tty");

    private final String settings;

    private Terminal(String settings) {
        this.settings = settings;
    }

    /// Empty when this process is not on one.
    static Optional<Terminal> raw() throws InterruptedException {
        var console = System.console();
        if (!isOne(console)) {
            return Optional.empty();
        }
        var before = stty("-g");
        if (before.isEmpty() || stty("raw", "-echo").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Terminal(before.get().strip()));
    }

    private static boolean isOne(@Nullable Console console) {
        return console != null && console.isTerminal();
    }

    /// Rows and columns.
    Optional<List<Integer>> size() throws InterruptedException {
        return stty("size")
                .map(text -> List.of(text.strip().split(" ")))
                .filter(parts ->
                        parts.size() == 2 && parts.stream().allMatch(p -> p.matches("\\d{1,4}")))
                .map(parts -> parts.stream().map(Integer::valueOf).toList());
    }

    private static Optional<String> stty(String... arguments) throws InterruptedException {
        var command = new ArrayList<>(List.of("stty"));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).redirectInput(DEVICE).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(said) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// As it was before.
    void restore() throws InterruptedException {
        var _ = stty(settings);
    }
}
