package dev.fairlead.target.local.postgres;

import dev.fairlead.target.local.resolve.KeptDatabases;
import dev.fairlead.target.local.state.Durable;
import dev.fairlead.target.local.state.Home;
import dev.fairlead.target.local.system.ProcessTable;
import dev.fairlead.target.local.system.User;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where the postmaster of a folder keeps what, and which processes are its own.
public final class Layout {
    private static final int LONGEST_SOCKET_PATH = 107; // sun_path of Linux

    private final Home home;
    private final Map<String, String> variables;

    /// @param variables for XDG_RUNTIME_DIR
    public Layout(Home home, Map<String, String> variables) {
        this.home = home;
        this.variables = variables;
    }

    Path folder() {
        return home.postgres();
    }

    Path data() {
        return folder().resolve("data");
    }

    /// A cluster that is being made; it becomes {@link #data} when it is whole.
    Path fresh() {
        return folder().resolve("data.new");
    }

    Path output() {
        return folder().resolve("output");
    }

    /// The postmaster's output, as the log of every unit that uses it.
    public Path log() {
        return folder().resolve("log");
    }

    /// The folder of the Unix socket: in the state, or, where that path is too long for a socket, in a folder that only
    /// this user can enter.
    Path socketFolder() {
        var within = folder().resolve("socket");
        if (socket(within, 65535).toString().getBytes(StandardCharsets.UTF_8).length
                <= LONGEST_SOCKET_PATH) {
            return within;
        }
        var base = variables.getOrDefault("XDG_RUNTIME_DIR", "/tmp");
        return Path.of(base, "fairlead-" + User.id() + "-" + home.id());
    }

    Path socket(int port) {
        return socket(socketFolder(), port);
    }

    private static Path socket(Path folder, int port) {
        return folder.resolve(".s.PGSQL." + port);
    }

    /// The living postmaster, by its own file: the pid counts only when that process works in the data folder.
    Optional<Integer> postmaster() {
        return Durable.read(data().resolve("postmaster.pid"))
                .flatMap(text -> text.lines().findFirst())
                .filter(line -> line.strip().matches("\\d+"))
                .map(line -> Integer.parseInt(line.strip()))
                .filter(pid -> processes().contains(pid));
    }

    /// The port that it shall listen on. One for all environments of the folder: whoever asks for the postmaster gets it
    /// there, also when a command has replaced the number since.
    int port() {
        return KeptDatabases.port(home);
    }

    /// The port that the living postmaster was started with: the fourth line of its file.
    Optional<Integer> livingPort() {
        return Durable.read(data().resolve("postmaster.pid"))
                .flatMap(text -> text.lines().skip(3).findFirst())
                .filter(line -> line.strip().matches("\\d+"))
                .map(line -> Integer.parseInt(line.strip()));
    }

    /// Whether a process belongs to the cluster.
    public boolean owns(int pid) {
        return processes().contains(pid);
    }

    /// Every living process of the cluster: PostgreSQL's processes work in the data folder.
    List<Integer> processes() {
        Path real;
        try {
            real = data().toRealPath();
        } catch (IOException e) {
            return List.of(); // no cluster yet
        }
        return ProcessTable.all().stream()
                .map(ProcessTable.Entry::pid)
                .filter(pid -> ProcessTable.folder(pid).filter(real::equals).isPresent())
                .toList();
    }

    boolean isInitialised() {
        return Files.exists(data().resolve("PG_VERSION"));
    }
}
