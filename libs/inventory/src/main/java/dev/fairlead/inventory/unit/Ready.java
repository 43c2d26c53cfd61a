package dev.fairlead.inventory.unit;

import dev.fairlead.diagnostic.Marked;
import java.util.List;

/// How it is known that a unit is ready. `port` is the name of one of the unit's ports.
public sealed interface Ready {
    /// A GET of `path` on the port answers with `status`.
    record Http(String port, String path, int status) implements Ready {}

    /// The port accepts a connection.
    record Tcp(String port) implements Ready {}

    /// The command, run in the unit's folder and environment, ends with 0.
    record Exec(List<Marked> command) implements Ready {
        public Exec {
            command = List.copyOf(command);
        }
    }

    /// A line of the output has a match for the regular expression.
    record Log(String regex) implements Ready {}

    /// The process is alive for a second; what is meant when nothing is declared.
    record Alive() implements Ready {}

    /// The work is done: a task that ended with 0, a database that accepts its users.
    record Done() implements Ready {}
}
